// Saving and opening a profile, keeping a draft in this browser, and printing.
// A draft belongs to this file as it was made: a new form with other answers never shows an old draft.
const MADE_WITH = [...document.getElementById("profile").textContent].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 4294967291, 7);
const KEY = `engagecheck:${location.pathname}:${MADE_WITH}`;
let keepsDraft = true;
let isSaved = true;

function startPage() {
  const choose = element("input", { type: "file", id: "open", accept: ".json,application/json" });
  choose.onchange = () => choose.files[0]?.text().then((text) => open(text, choose.files[0].name));
  const clear = element("button", { type: "button", class: "quiet", id: "clear" }, "Clear this form and the draft in this browser");
  clear.onclick = () => { if (!window.confirm("Clear everything that is filled in? This cannot be undone.")) return; try { localStorage.removeItem(KEY); } catch { /* there is none */ } profile = {}; typed.clear(); draw(); summary(); say("Everything is cleared."); };
  return [
    element("p", {}, "These questions are behind an audit of how far doctors take part in leading and improving care. Answer what you can show. What you do not know stays unanswered. It then counts as not shown, never as no."),
    shortPages.length ? element("p", {}, `Begin with the short start: ${shortPages.length} pages with the essential questions. Then go on section by section. You can stop and save at any time.`) : "",
    element("p", {}, "A question that does not arise after an earlier answer is not asked."),
    element("p", {}, "Write roles, never names of persons. Enter each document once in the evidence register, with a short name. Write that name beside whatever it shows."),
    element("p", { id: "draft" }, keepsDraft ? "A draft of your answers is kept in this browser's own storage on this computer, and nowhere else, until you clear it." : "This browser does not let this page keep a draft. Save often."),
    element("div", { class: "field" }, element("label", { for: "open" }, "Open a profile that was saved before"), choose),
    element("div", { class: "buttons" }, clear),
  ].filter(Boolean);
}

function saveButtons() {
  const panel = element("div", { id: "unsaved", class: "summary", role: "alert", tabindex: "-1", hidden: true });
  const save = element("button", { type: "button", id: "save" }, "Save the profile");
  save.onclick = () => {
    panel.hidden = typed.size === 0;
    if (!typed.size) { write(false); return; }
    panel.replaceChildren(...leftOut());
    panel.focus();
  };
  const print = element("button", { type: "button", class: "quiet" }, "Print all answers");
  print.onclick = () => window.print();
  return [element("div", { class: "buttons" }, save, print), panel];
}

// What saving would leave out, and the choice to keep it as it was typed.
function leftOut() {
  const wrong = pages.flatMap((page, number) => faultsOn(page).filter(({ pointer }) => typed.has(pointer)).map((fault) => ({ ...fault, number })));
  const these = wrong.length === 1 ? "this answer" : `these ${wrong.length} answers`;
  const [all, without] = [[`Save with ${these} as typed`, true], [`Save without ${these}`, false]].map(([text, withTyped]) => {
    const button = element("button", { type: "button", class: withTyped ? "" : "quiet" }, text);
    button.onclick = () => { write(withTyped); document.getElementById("unsaved").hidden = true; document.getElementById("save").focus(); };
    return button;
  });
  return [
    element("h2", {}, wrong.length === 1 ? "1 answer is not right yet" : `${wrong.length} answers are not right yet`),
    faultList(wrong),
    element("p", {}, `You can save with ${these} as typed. The file then shows them again when you open it here. An audit names them until they are right.`),
    element("p", {}, `Or save without ${these}. They are then left out of the file, and count as not shown.`),
    element("div", { class: "buttons" }, all, without),
  ];
}

function write(withTyped) {
  const file = `${profile.organisation?.ods_code || "profile"}.json`;
  const blob = new Blob([`${JSON.stringify(documentToSave(withTyped), null, 2)}\n`], { type: "application/json" });
  const link = element("a", { href: URL.createObjectURL(blob), download: file });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  isSaved = withTyped || !typed.size;
  const count = typed.size === 1 ? "1 answer" : `${typed.size} answers`;
  const where = `Saved as ${file}, usually in your folder Downloads`;
  say(!typed.size ? `${where}. Move it to the folder you work in. Then: engagecheck audit ${file}` : `${where}, ${withTyped ? `with ${count} to put right` : `without ${count}`}.`);
}

function open(text, name) {
  const [before, typedBefore] = [profile, [...typed]];
  try {
    const found = JSON.parse(text);
    if (!found?.organisation && !asked.some((question) => question.kind === "group" && found?.[question.name])) throw new Error("no profile");
    if (asked.some((question) => isMisshapen(question, found[question.name] ?? NO_VALUE))) throw new Error("no profile");
    profile = found;
    typed.clear();
    asked.forEach((question) => adopt(question, `/${question.name}`));
    draw();
  } catch {
    profile = before;
    typed.clear();
    typedBefore.forEach(([pointer, one]) => typed.set(pointer, one));
    draw();
    showErrors([{ pointer: "open", message: `${name} is not a profile that this form or engagecheck saved` }]);
    return;
  }
  changed();
  summary();
  say(typed.size ? `Opened: ${name}. ${typed.size === 1 ? "1 answer is" : `${typed.size} answers are`} not right yet.` : `Opened: ${name}`);
}

function changed() {
  isSaved = false;
  try { localStorage.setItem(KEY, JSON.stringify({ profile: documentToSave(false), typed: [...typed] })); } catch { keepsDraft = false; }
}

window.addEventListener("beforeunload", (event) => { if (!keepsDraft && !isSaved) event.preventDefault(); });
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
asked.forEach((question) => adopt(question, `/${question.name}`));
document.getElementById("nav").open = isWide();
draw();
