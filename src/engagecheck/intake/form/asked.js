// Which questions earlier answers leave open. A question is not asked only if the earlier answer is stated and is another.
function isAsked(question, group) {
  return Object.entries(question["asked-if"] || {}).every(([path, wanted]) => {
    const value = valueAt(path.includes(".") ? `/${path.replaceAll(".", "/")}` : below(group, path));
    if (value === NO_VALUE) return true;
    if (Array.isArray(wanted)) return wanted.includes(value);
    return typeof wanted === "object" ? typeof value !== "number" || value >= wanted.minimum : value === wanted;
  });
}

const hasEntries = (pointer) => valueAt(below(pointer, "of")) !== 0;

// Hide an element as long as its question is not asked.
function whileAsked(box, test) {
  box.dataset.asked = "";
  box.isAsked = test;
  box.hidden = !test();
  return box;
}

// The answers that are no longer asked for, at and below a question: [{pointer, question}].
function unaskedBelow(question, pointer) {
  if (valueAt(pointer) === NO_VALUE && !typedBelow(pointer).length) return [];
  if (!isAsked(question, pointer.slice(0, pointer.lastIndexOf("/")))) return [{ pointer, question }];
  const within = (parts, where) => (parts || []).flatMap((part) => unaskedBelow(part, below(where, part.name)));
  if (question.kind === "group") return within(question.parts, pointer);
  if (question.kind !== "list") return [];
  const where = below(pointer, "entries");
  const places = entriesOf(question, pointer);
  if (places.length && !hasEntries(pointer)) return [{ pointer: where, question }];
  return [...within(question.about, pointer), ...places.flatMap((_, place) => within(question.parts, below(where, place)))];
}

// What stays although it is no longer asked for, each with a button that removes it.
function unaskedPanel(page) {
  const left = page.facts.flatMap(({ question, pointer }) => unaskedBelow(question, pointer));
  if (!left.length) return [];
  return [
    element("h3", { tabindex: "-1" }, "No longer asked: keep or remove"),
    element("p", {}, "An earlier answer means that these questions are not asked. Your answers stay in the profile unless you remove them."),
    element("ul", {}, ...left.map(({ pointer, question }) => {
      const { name } = placeOf(pointer);
      const remove = element("button", { type: "button", class: "quiet" }, "Remove", element("span", {}, ` ${name}`));
      remove.onclick = () => {
        take(pointer);
        typedBelow(pointer).forEach((one) => typed.delete(one));
        changed();
        draw();
        document.getElementById(`title:${page.id}`).focus();
        say(`Removed: ${name}`);
      };
      return element("li", {}, element("p", {}, `${name} ${shortly(question, pointer)}`), remove);
    })),
  ];
}

function shortly(question, pointer) {
  if (typed.has(pointer)) return quotedText(typed.get(pointer));
  const value = valueAt(pointer);
  if (Array.isArray(value) && !LEAF.has(question.kind)) return `(${value.length} listed)`;
  if (value !== null && typeof value === "object" && !Array.isArray(value)) return `(${Object.keys(value).length} answered)`;
  return question.answers?.[value] || textOf(question, value);
}

function updateAsked() {
  document.querySelectorAll("[data-asked]").forEach((box) => { box.hidden = !box.isAsked(); });
  pages.forEach((page) => document.getElementById(`unasked:${page.id}`)?.replaceChildren(...unaskedPanel(page)));
}
