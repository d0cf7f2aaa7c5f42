// From a question to what a person sees of it.
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== undefined && (value !== "" || name === "value")) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== "" && child !== undefined));
  return made;
}

const BESIDE = new Set(["note", "evidence", "answered_by"]);
const CITES = { name: "evidence", kind: "ids", text: "Which evidence shows this?", help: "Short references from the evidence register, separated by commas." };
const WITHHELD = { name: "withheld", kind: "text", text: "Why is this withheld?", maxLength: 500, help: "Only where the answer is known and may not be given. It counts as not shown, and the reason is printed." };
const STILL = { name: "carried", kind: "choice", text: "Is this still so?", needed: true, answers: { unconfirmed: "From last year, not yet confirmed", confirmed: "Confirmed" } };
const carriedAt = (pointer) => below("/last_year/carried", pointer);
const hintId = (pointer) => `hint:${pointer}`;
const faultId = (pointer) => `fault:${pointer}`;

function hint(question, pointer) {
  const figure = valueAt(below("/last_year/figures", pointer));
  const before = figure === NO_VALUE ? "" : `Last year: ${textOf(question, figure)}.`;
  const text = [before, question.help, question.found && `Usually found in: ${question.found}.`].filter(Boolean).join(" ");
  return text ? element("p", { class: "hint", id: hintId(pointer) }, text) : "";
}

function field(question, pointer) {
  const shown = typed.get(pointer) ?? textOf(question, valueAt(pointer));
  const common = { id: pointer, "data-pointer": pointer, "aria-describedby": hint(question, pointer) ? hintId(pointer) : "" };
  const box = element("div", { class: "field" });
  box.question = question;
  if (question.kind === "yes_no") {
    const radio = (value, text) => element("label", {}, element("input", {
      type: "radio", name: pointer, value, checked: shown === value, "data-pointer": pointer, id: value === "yes" ? pointer : "",
    }), text);
    box.append(element("fieldset", { "aria-describedby": common["aria-describedby"] },
      element("legend", {}, question.text), hint(question, pointer),
      element("div", { class: "choices" }, radio("yes", "Yes"), radio("no", "No"), radio("", "I do not know"))));
  } else {
    const unit = question.unit ? element("span", { class: "unit", "aria-hidden": "true" }, question.unit) : "";
    box.append(element("label", { for: pointer }, question.text), hint(question, pointer), control(question, common, shown), unit);
  }
  const value = valueAt(pointer);
  showFault(box, pointer, typed.has(pointer) ? answerOf(question, shown).fault : value === NO_VALUE ? "" : faultOf(question, value));
  return box;
}

function control(question, common, shown) {
  if (question.kind === "choice") {
    const option = (value, text) => element("option", { value, selected: value === shown }, text);
    const answers = Object.hasOwn(question.answers, shown) || !shown ? question.answers : { ...question.answers, [shown]: shown };
    const options = Object.entries(answers).map(([value, text]) => option(value, text));
    const none = question.needed ? "Choose one" : "I do not know";
    const made = element("select", common, element("option", { value: "" }, none), ...options);
    made.value = shown;
    return made;
  }
  if (question.name === "note") {
    const area = element("textarea", { ...common, rows: 3 });
    area.value = shown;
    return area;
  }
  const short = ["whole", "number", "date", "day"].includes(question.kind);
  const mode = { whole: "numeric", number: "decimal" }[question.kind];
  const made = element("input", { ...common, type: "text", class: short ? "short" : "", inputmode: mode, autocomplete: "off", spellcheck: short ? "false" : "" });
  made.value = shown;
  return made;
}

function textOf(question, value) {
  if (value === NO_VALUE || value === null) return "";
  if (question.kind === "ids" && Array.isArray(value)) return value.join(", ");
  if (question.words && Object.hasOwn(question.words, value)) return question.words[value];
  if ((question.kind === "date" || question.kind === "day") && isReal(value)) return dateInWords(value);
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

// What was understood of a typed text is shown below it, where it reads otherwise.
function showEcho(box, pointer, text) {
  box.querySelector(":scope > .echo")?.remove();
  if (text) box.append(element("p", { class: "echo", id: `echo:${pointer}` }, `Understood as ${text}`));
}

function showFault(box, pointer, message) {
  box.classList.toggle("wrong", Boolean(message));
  box.querySelector(":scope .fault")?.remove();
  const input = box.querySelector("[data-pointer]");
  const described = [[hintId(pointer), ".hint"], [`echo:${pointer}`, ".echo"]].filter(([, part]) => box.querySelector(part)).map(([id]) => id);
  if (message) described.push(faultId(pointer));
  const holder = box.querySelector("fieldset") || input;
  if (described.length) holder.setAttribute("aria-describedby", described.join(" "));
  else holder.removeAttribute("aria-describedby");
  if (input.type !== "radio") input.toggleAttribute("aria-invalid", Boolean(message));
  if (input.type !== "radio" && message) input.setAttribute("aria-invalid", "true");
  if (!message) return;
  const fault = element("p", { class: "fault", id: faultId(pointer) }, `Error: ${message}`);
  const before = box.querySelector(".choices") || input;
  before.before(fault);
}

// A question with all that belongs to it. `level` is the level of its heading.
function block(question, pointer, level, withhold) {
  const box = asBlock(question, pointer, level, withhold);
  if (valueAt(carriedAt(pointer)) !== NO_VALUE) box.append(field(STILL, carriedAt(pointer)));
  return question["asked-if"] ? whileAsked(box, () => isAsked(question, pointer.slice(0, pointer.lastIndexOf("/")))) : box;
}

// An answer that is changed here is this year's: nobody has to confirm it as well.
function confirm(pointer) {
  Object.entries(profile.last_year?.carried || {}).forEach(([one, state]) => {
    if (state !== "unconfirmed" || !`${pointer}/`.startsWith(`${one}/`)) return;
    put(carriedAt(one), "confirmed");
    const select = document.getElementById(carriedAt(one));
    if (select) select.value = "confirmed";
  });
}

function asBlock(question, pointer, level, withhold) {
  if (LEAF.has(question.kind) && !withhold) return field(question, pointer);
  const box = element("div", { class: "block" });
  if (LEAF.has(question.kind)) {
    box.append(field(question, pointer), beside([CITES], pointer, withhold));
    return box;
  }
  box.append(element(`h${Math.min(level, 6)}`, {}, question.title), hint(question, `group:${pointer}`) || "");
  const own = question.kind === "group" ? question.parts : question.about || [];
  own.filter((part) => !BESIDE.has(part.name)).forEach((part) => box.append(block(part, below(pointer, part.name), level + 1, "")));
  if (question.kind !== "group") box.append(entries(question, pointer, level + 1));
  box.append(beside(own.filter((part) => BESIDE.has(part.name)), pointer, withhold));
  return box;
}

// Evidence, a remark, and a reason for withholding: out of the way until they are wanted.
function beside(parts, pointer, withhold) {
  const placed = parts.map((part) => [part, part === CITES ? withhold.replace("/withheld/", "/evidence_for/") : below(pointer, part.name)]);
  const filled = placed.some(([, where]) => valueAt(where) !== NO_VALUE) || (withhold && valueAt(withhold) !== NO_VALUE);
  const remark = parts.includes(CITES) ? "" : ", a remark";
  const box = element("details", { open: Boolean(filled) }, element("summary", {}, withhold ? `Evidence${remark}, or why it cannot be given` : "Evidence, or a remark"));
  placed.forEach(([part, where]) => box.append(field(part, where)));
  if (withhold) {
    box.append(field(WITHHELD, withhold));
  }
  return parts.length || withhold ? box : "";
}

function entries(question, pointer, level) {
  const box = element("div", { "data-list": pointer });
  box.question = question;
  box.draw = () => box.replaceChildren(...drawn(question, pointer, level, box));
  box.draw();
  return question.kind === "list" ? whileAsked(box, () => hasEntries(pointer)) : box;
}

function drawn(question, pointer, level, box) {
  const isMapping = question.kind === "mapping";
  const where = entriesPointer(question, pointer);
  const names = isMapping ? Object.keys(valueAt(pointer) || {}) : entriesOf(question, pointer).map((_, place) => place);
  const cards = names.map((name, place) => {
    const at = below(where, name);
    const heading = isMapping ? name : labelOf(valueAt(at), question, place + 1);
    const shown = question.parts.filter((part) => !BESIDE.has(part.name)).map((part) => block(part, below(at, part.name), level, ""));
    const remove = element("button", { type: "button", class: "quiet" }, "Remove", element("span", {}, ` ${heading}`));
    remove.onclick = () => { take(at); forget(at); changed(); box.draw(); box.querySelector("button.add, select")?.focus(); say(`Removed: ${heading}`); };
    return element("fieldset", { class: "entry" }, element("legend", {}, heading), ...shown,
      beside(question.parts.filter((part) => BESIDE.has(part.name)), at, ""), element("div", { class: "buttons" }, remove));
  });
  return [...cards, isMapping ? chooser(question, pointer, names, box) : adder(question, pointer, names.length, box)];
}

function adder(question, pointer, count, box) {
  const add = element("button", { type: "button", class: "quiet add" }, count ? "Add another" : "Add one", element("span", {}, `: ${question.title}`));
  add.onclick = () => {
    const entry = {};
    fresh.add(entry);
    put(below(entriesPointer(question, pointer), count), entry);
    changed();
    box.draw();
    box.querySelectorAll(":scope > fieldset")[count]?.querySelector("[data-pointer]")?.focus();
  };
  return element("div", { class: "buttons" }, add);
}

function chooser(question, pointer, used, box) {
  const id = `add:${pointer}`;
  const select = element("select", { id }, ...(question.keys || []).filter((name) => !used.includes(name)).map((name) => element("option", {}, name)));
  const add = element("button", { type: "button", class: "quiet add" }, "Add this item");
  add.onclick = () => { if (select.value) { put(below(pointer, select.value), {}); changed(); box.draw(); } };
  return element("div", { class: "field" }, element("label", { for: id }, `${question.title}: add an item`), select, element("div", { class: "buttons" }, add));
}

// What was typed in a removed entry goes with it; what was typed in those after it moves up with them.
function forget(pointer) {
  const place = pointer.lastIndexOf("/") + 1;
  const [list, removed] = [pointer.slice(0, place), Number(pointer.slice(place))];
  for (const [one, text] of [...typed]) {
    const [number, ...rest] = one.startsWith(list) ? one.slice(list.length).split("/") : [];
    if (number === undefined || Number(number) < removed) continue;
    typed.delete(one);
    if (Number(number) > removed) typed.set([list + (Number(number) - 1), ...rest].join("/"), text);
  }
}

// An entry goes by what it is called, as soon as that is said.
function rename(box) {
  const card = box.closest("fieldset.entry");
  const list = card?.parentElement;
  if (!list?.question || list.question.kind === "mapping") return;
  const place = [...list.children].indexOf(card);
  const label = labelOf(entriesOf(list.question, list.dataset.list)[place] || {}, list.question, place + 1);
  card.querySelector("legend").textContent = label;
}
