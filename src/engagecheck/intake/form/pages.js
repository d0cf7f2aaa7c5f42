// A page a section: going from one to the next, progress, saving, opening, and keeping a draft in this browser.
// A draft belongs to this file as it was made: a form made anew, with other answers in it, never shows an old draft.
const MADE_WITH = [...document.getElementById("profile").textContent].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 4294967291, 7);
const KEY = `engagecheck:${location.pathname}:${MADE_WITH}`;
const content = document.getElementById("content");
const errors = document.getElementById("errors");
const isSection = (question) => question.kind === "group" && question.withhold;
const sections = asked.filter(isSection);
const lasting = asked.filter((question) => question.kind === "register" || question.name === "sign_off");
const first = asked.filter((question) => !isSection(question) && !lasting.includes(question));
const pages = [
  { id: "start", title: "Start", questions: [] },
  { id: "organisation", title: "The organisation and the date", questions: first },
  ...sections.map((section) => ({ id: section.name, title: section.title, section, questions: [section] })),
  ...lasting.map((question) => ({ id: question.name, title: question.title, questions: [question] })),
  { id: "check", title: "Check and save", questions: [] },
];
let current = 0;
let keepsDraft = true;

const facts = (page) => (page.section ? page.section.parts.filter((part) => !BESIDE.has(part.name)) : page.questions);
const pointerOf = (page, part) => (page.section ? `/${page.section.name}/${part.name}` : `/${part.name}`);
const answered = (page) => facts(page).filter((part) => valueAt(pointerOf(page, part)) !== NO_VALUE).length;
const faultsOn = (page) => [
  ...page.questions.flatMap((question) => (question.needed && valueAt(`/${question.name}`) === NO_VALUE && !typed.has(`/${question.name}`) ? missing(question) : faultsBelow(question, `/${question.name}`))),
  ...(page.section ? besideFaults(page.section) : []),
];
const missing = (question) => (question.kind === "group" ? question.parts.filter((part) => part.needed) : [question])
  .map((part) => ({ pointer: question.kind === "group" ? `/${question.name}/${part.name}` : `/${part.name}`, message: `Always needed: ${part.text}` }));

function draw() {
  content.replaceChildren(...pages.map((page) => {
    const box = element("section", { class: "page", id: `page:${page.id}`, "aria-labelledby": `title:${page.id}` }, element("h2", { id: `title:${page.id}`, tabindex: "-1" }, page.title));
    if (page.id === "start") box.append(...startPage());
    else if (page.id === "check") box.append(element("div", { id: "found" }), saveButtons());
    else if (page.section) {
      box.append(element("p", { class: "hint" }, [page.section.help, page.section.found && `Usually found in: ${page.section.found}.`].filter(Boolean).join(" ")));
      const by = page.section.parts.find((part) => part.name === "answered_by");
      box.append(field(by, `/${page.section.name}/answered_by`));
      facts(page).forEach((part) => box.append(block(part, pointerOf(page, part), 3, `/${page.section.name}/withheld/${part.name}`)));
      box.append(beside(page.section.parts.filter((part) => BESIDE.has(part.name) && part !== by), `/${page.section.name}`, ""));
    } else page.questions.forEach((question) => box.append(block(question, `/${question.name}`, 3, "")));
    return box;
  }));
  go(current, false);
}

function startPage() {
  const choose = element("input", { type: "file", id: "open", accept: ".json,application/json" });
  choose.onchange = () => choose.files[0]?.text().then((text) => open(text, choose.files[0].name));
  const clear = element("button", { type: "button", class: "quiet", id: "clear" }, "Clear this form and the draft in this browser");
  clear.onclick = () => { if (!window.confirm("Clear everything that is filled in? This cannot be undone.")) return; try { localStorage.removeItem(KEY); } catch { /* there is none */ } profile = {}; typed.clear(); draw(); summary(); say("Everything is cleared."); };
  return [
    element("p", {}, "The questions behind an audit of how far doctors are engaged in leading and improving care. Answer what you can show. What you do not know stays unanswered: it then counts as not shown, never as no."),
    element("p", {}, "Write roles, never names of persons. Enter each document once in the evidence register, with a short name, and write that name beside whatever it shows."),
    element("p", { id: "draft" }, keepsDraft ? "A draft of your answers is kept in this browser's own storage on this computer, and nowhere else, until you clear it." : "This browser does not let this page keep a draft. Save often."),
    element("div", { class: "field" }, element("label", { for: "open" }, "Open a profile that was saved before"), choose),
    element("div", { class: "buttons" }, clear),
  ];
}

function saveButtons() {
  const save = element("button", { type: "button", id: "save" }, "Save the profile");
  save.onclick = () => {
    const file = `${profile.organisation?.ods_code || "profile"}.json`;
    const blob = new Blob([`${JSON.stringify(documentToSave(), null, 2)}\n`], { type: "application/json" });
    const link = element("a", { href: URL.createObjectURL(blob), download: file });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    const left = typed.size === 1 ? "one answer that is not right yet" : `${typed.size} answers that are not right yet`;
    say(typed.size ? `Saved without ${left}.` : `Saved. Audit it with: engagecheck audit ${file}`);
  };
  const print = element("button", { type: "button", class: "quiet" }, "Print all answers");
  print.onclick = () => window.print();
  return element("div", { class: "buttons" }, save, print);
}

function open(text, name) {
  const before = profile;
  try {
    const found = JSON.parse(text);
    if (!found?.organisation || asked.some((question) => isMisshapen(question, found[question.name]))) throw new Error("no profile");
    profile = found;
    draw();
  } catch {
    profile = before;
    draw();
    showErrors([{ pointer: "open", message: `${name} is not a profile that this form or engagecheck saved` }]);
    return;
  }
  typed.clear();
  draw();
  changed();
  summary();
  say(`Opened: ${name}`);
}

function go(place, focus = true) {
  current = Math.max(0, Math.min(place, pages.length - 1));
  pages.forEach((page, number) => { document.getElementById(`page:${page.id}`).hidden = number !== current; });
  document.getElementById("back").hidden = current === 0;
  document.getElementById("on").hidden = current === pages.length - 1;
  showErrors([]);
  summary();
  if (pages[current].id === "check") check();
  if (focus) { document.getElementById(`title:${pages[current].id}`).focus(); window.scrollTo(0, 0); }
}

function summary() {
  const done = pages.filter((page) => page.questions.length && answered(page)).length;
  const all = pages.filter((page) => page.questions.length).length;
  document.getElementById("overall").textContent = `(${done} of ${all} begun)`;
  document.getElementById("whose").textContent = profile.organisation?.name ? `${profile.organisation.name}${profile.as_of ? `, as of ${isReal(profile.as_of) ? dateInWords(profile.as_of) : profile.as_of}` : ""}` : "Nothing is filled in yet.";
  links.forEach(({ link, count }, number) => {
    if (number === current) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
    const page = pages[number];
    if (page.questions.length) count.textContent = `${answered(page)} of ${facts(page).length} answered`;
  });
}

// Made once and only changed later: a link that was made anew while it is being clicked would miss the click.
const links = pages.map((page, number) => {
  const count = element("small");
  const link = element("a", { href: `#page:${page.id}` }, page.title, count);
  link.onclick = (event) => { event.preventDefault(); go(number); };
  document.getElementById("pages").append(element("li", {}, link));
  return { link, count };
});

function check() {
  const wrong = pages.flatMap((page, number) => faultsOn(page).map((fault) => ({ ...fault, number })));
  const done = pages.reduce((sum, page) => sum + (page.questions.length ? answered(page) : 0), 0);
  const all = pages.reduce((sum, page) => sum + (page.questions.length ? facts(page).length : 0), 0);
  document.getElementById("found").replaceChildren(
    element("p", {}, `${done} of ${all} answered. `, element("progress", { max: all, value: done, "aria-label": "Answered" })),
    element("p", {}, wrong.length ? "Some answers are not right yet. You can save all the same, and go on later." : "Nothing is wrong with what is filled in. What is unanswered counts as not shown."));
  if (wrong.length) showErrors(wrong);
}

function showErrors(wrong) {
  errors.hidden = wrong.length === 0;
  errors.replaceChildren(...(wrong.length ? [element("h2", {}, "There is a problem"), element("ul", {}, ...wrong.map((fault) => {
    const link = element("a", { href: `#${fault.pointer}` }, [fault.asked, fault.message].filter(Boolean).join(" "));
    link.onclick = (event) => {
      event.preventDefault();
      if (fault.number !== undefined) go(fault.number, false);
      const field = document.getElementById(fault.pointer);
      field?.closest("details")?.setAttribute("open", "");
      field?.focus();
    };
    return element("li", {}, link);
  }))] : []));
  wrong.forEach((fault) => { const box = document.getElementById(fault.pointer)?.closest(".field"); if (box?.question) showFault(box, fault.pointer, fault.message); });
}

function changed() {
  try { localStorage.setItem(KEY, JSON.stringify({ profile: documentToSave(), typed: [...typed] })); } catch { keepsDraft = false; }
}

function say(text) {
  const status = document.getElementById("status");
  status.textContent = text;
  clearTimeout(status.timer);
  status.timer = setTimeout(() => { status.textContent = ""; }, 6000);
}

content.addEventListener("change", (event) => {
  const { pointer } = event.target.dataset;
  const box = event.target.closest(".field");
  if (!pointer || !box?.question) return;
  const answer = answerOf(box.question, event.target.value);
  if (answer.fault) typed.set(pointer, event.target.value); else typed.delete(pointer);
  put(pointer, answer.fault ? NO_VALUE : answer.value);
  const fault = answer.fault || (answer.value === NO_VALUE ? "" : faultOf(box.question, answer.value));
  const understood = fault ? "" : textOf(box.question, answer.value);
  showEcho(box, pointer, box.question.kind !== "ids" && event.target.type === "text" && understood !== event.target.value.trim() ? understood : "");
  showFault(box, pointer, fault);
  rename(box);
  changed();
  summary();
});
document.getElementById("back").onclick = () => go(current - 1);
document.getElementById("on").onclick = () => {
  const wrong = faultsOn(pages[current]);
  if (!wrong.length) { go(current + 1); return; }
  showErrors(wrong);
  errors.focus();
};
// On paper: every page, and of the questions those that are answered.
window.addEventListener("beforeprint", () => {
  document.querySelectorAll(".page").forEach((page) => { page.wasHidden = page.hidden; page.hidden = false; });
  document.querySelectorAll(".field").forEach((box) => {
    const pointer = box.querySelector("[data-pointer]")?.dataset.pointer;
    box.classList.toggle("unanswered", !pointer || (valueAt(pointer) === NO_VALUE && !typed.has(pointer)));
  });
});
window.addEventListener("afterprint", () => document.querySelectorAll(".page").forEach((page) => { page.hidden = page.wasHidden; }));

try {
  const draft = JSON.parse(localStorage.getItem(KEY) || "null");
  if (draft) { profile = draft.profile; draft.typed.forEach(([pointer, text]) => typed.set(pointer, text)); say("Your draft from this browser is back."); }
} catch { keepsDraft = false; }
document.getElementById("nav").open = window.matchMedia("(min-width: 60rem)").matches;
draw();
