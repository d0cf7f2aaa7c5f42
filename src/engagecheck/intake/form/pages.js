// A page for each part of the profile: the short start with the essential questions, then section by section.
const content = document.getElementById("content");
const errors = document.getElementById("errors");
const isSection = (question) => question.kind === "group" && question.withhold;
const sections = asked.filter(isSection);
const lasting = asked.filter((question) => registers.has(question.name) || question.name === "sign_off");
const asFact = (question) => ({ question, pointer: `/${question.name}`, withhold: "" });
const essential = new Set(JSON.parse(document.getElementById("essential").textContent));
const factsOf = (section, isEssential) => section.parts
  .map((part) => ({ question: part, pointer: `/${section.name}/${part.name}`, withhold: `/${section.name}/withheld/${part.name}` }))
  .filter(({ question, pointer }) => !BESIDE.has(question.name) && essential.has(pointer) === isEssential);
const [SHORT_START, LAST] = ["Short start: essential questions", "Evidence, approval and saving"];
const shortPages = sections.map((section) => ({ id: `essential:${section.name}`, title: `${section.title}: essentials`, group: SHORT_START, section, facts: factsOf(section, true) }))
  .filter((page) => page.facts.length);
const pages = [
  { id: "start", title: "Start", facts: [] },
  { id: "organisation", title: "The organisation and the date", facts: asked.filter((question) => !isSection(question) && !lasting.includes(question)).map(asFact) },
  ...shortPages,
  ...sections.map((section) => ({ id: section.name, title: section.title, group: shortPages.length ? "All other questions" : "Questions", section, isWhole: true, facts: factsOf(section, false) })),
  ...lasting.map((question) => ({ id: question.name, title: question.title, group: LAST, facts: [asFact(question)] })),
  { id: "check", title: "Check and save", group: LAST, facts: [] },
];
let current = 0;

const askedOn = (page) => page.facts.filter(({ question, pointer }) => isAsked(question, pointer.slice(0, pointer.lastIndexOf("/"))));
const answered = (page) => askedOn(page).filter(({ pointer }) => valueAt(pointer) !== NO_VALUE);
const faultsOn = (page) => [
  ...page.facts.flatMap(({ question, pointer }) => [...typedFaults(pointer), ...missing(question, pointer), ...faultsBelow(question, pointer)]),
  ...(page.isWhole ? [...page.section.parts.filter((part) => BESIDE.has(part.name)).flatMap((part) => [...typedFaults(`/${page.section.name}/${part.name}`), ...faultsBelow(part, `/${page.section.name}/${part.name}`)]), ...besideFaults(page.section)] : []),
];
const missing = (question, pointer) => (question.needed && valueAt(pointer) === NO_VALUE ? (question.kind === "group" ? question.parts.map((part) => [part, below(pointer, part.name)]) : [[question, pointer]]) : [])
  .filter(([part, where]) => part.needed && !typed.has(where)).map(([, where]) => ({ pointer: where, message: "This is always needed" }));

function draw() {
  content.replaceChildren(...pages.map((page) => {
    const box = element("section", { class: "page", id: `page:${page.id}`, "aria-labelledby": `title:${page.id}` }, element("h2", { id: `title:${page.id}`, tabindex: "-1" }, page.title));
    if (page.id === "start") box.append(...startPage());
    else if (page.id === "check") box.append(element("div", { id: "found" }), ...saveButtons());
    else box.append(...questionsOn(page), element("div", { id: `unasked:${page.id}`, class: "unasked" }));
    return box;
  }));
  updateAsked();
  go(current, false);
}

function questionsOn(page) {
  const made = page.facts.map(({ question, pointer, withhold }) => block(question, pointer, 3, withhold));
  if (!page.section) return made;
  const { name, help, found, title, parts } = page.section;
  made.unshift(element("p", { class: "hint" }, [help, found && `Usually found in: ${found}.`].filter(Boolean).join(" ")));
  if (!page.isWhole) return made;
  const short = pages.findIndex((one) => one.id === `essential:${name}`);
  if (short >= 0) made.splice(1, 0, element("p", {}, "The essential questions of this section are on the page ", linkTo(short, `${title}: essentials`), "."));
  const by = parts.find((part) => part.name === "answered_by");
  return [...made, beside(parts.filter((part) => BESIDE.has(part.name) && part !== by), `/${name}`, ""), field(by, `/${name}/answered_by`)];
}

function linkTo(number, ...words) {
  const link = element("a", { href: `#page:${pages[number].id}` }, ...words);
  link.onclick = (event) => { event.preventDefault(); go(number); };
  return link;
}

const isWide = () => window.matchMedia("(min-width: 60rem)").matches;

function go(place, focus = true) {
  current = Math.max(0, Math.min(place, pages.length - 1));
  pages.forEach((page, number) => { document.getElementById(`page:${page.id}`).hidden = number !== current; });
  document.getElementById("back").hidden = current === 0;
  document.getElementById("on").hidden = current === pages.length - 1;
  showErrors([]);
  summary();
  if (pages[current].id === "check") check();
  if (!focus) return;
  if (!isWide()) document.getElementById("nav").open = false;
  document.getElementById(`title:${pages[current].id}`).focus();
  window.scrollTo(0, 0);
}

function summary() {
  const all = pages.filter((page) => page.facts.length);
  document.getElementById("overall").textContent = `(${all.filter((page) => answered(page).length).length} of ${all.length} begun)`;
  const date = isReal(profile.as_of) ? dateInWords(profile.as_of) : profile.as_of;
  document.getElementById("whose").textContent = profile.organisation?.name ? `${profile.organisation.name}${date ? `, as of ${date}` : ""}` : "Nothing is filled in yet.";
  links.forEach(({ link, count }, number) => {
    if (number === current) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
    const page = pages[number];
    if (registers.has(page.id)) count.textContent = `${entriesOf(page.facts[0].question, `/${page.id}`).length} entered`;
    else if (page.facts.length) count.textContent = `${answered(page).length} of ${askedOn(page).length} answered`;
  });
}

// Made once and only changed later: a link that is made again while someone clicks it would miss the click.
const links = pages.map((page, number) => {
  const count = element("small");
  const link = linkTo(number, page.title, count);
  if (page.group !== pages[number - 1]?.group || !number) {
    const id = `group:${number}`;
    const heading = page.group ? element("h2", { id }, page.group) : "";
    document.getElementById("pages").append(...[heading, element("ol", { "aria-labelledby": heading ? id : "" })].filter(Boolean));
  }
  document.getElementById("pages").lastElementChild.append(element("li", {}, link));
  return { link, count };
});

function check() {
  const wrong = pages.flatMap((page, number) => faultsOn(page).map((fault) => ({ ...fault, number })));
  const [done, all] = [answered, askedOn].map((of) => pages.reduce((sum, page) => sum + of(page).length, 0));
  const left = pages.map((page, number) => ({ number, count: page.facts.flatMap(({ question, pointer }) => unaskedBelow(question, pointer)).length })).filter(({ count }) => count);
  const open = Object.values(profile.last_year?.carried || {}).filter((state) => state === "unconfirmed").length;
  document.getElementById("found").replaceChildren(
    element("p", {}, `${done} of ${all} answered. `, element("progress", { max: all, value: done, "aria-label": "Answered" })),
    element("p", {}, wrong.length ? "Some answers are not right yet. You can save now and go on later." : "Nothing is wrong with your answers. What you did not answer counts as not shown."),
    ...(open ? [element("p", {}, `Answers from last year, not yet confirmed: ${open}. They count as stated only.`)] : []),
    ...(left.length ? [element("p", {}, "Some answers are no longer asked for. Keep or remove them:"), element("ul", {}, ...left.map(({ number, count }) => element("li", {}, linkTo(number, `${pages[number].title} (${count})`))))] : []));
  if (wrong.length) showErrors(wrong);
}

function showErrors(wrong) {
  errors.hidden = wrong.length === 0;
  errors.replaceChildren(...(wrong.length ? [element("h2", {}, "There is a problem"), faultList(wrong)] : []));
  wrong.forEach((fault) => { const box = document.getElementById(fault.pointer)?.closest(".field"); if (box?.question) showFault(box, fault.pointer, fault.message); });
}

// Every fault as a link to its field; to what is no longer asked for, if the field is hidden.
function faultList(wrong) {
  return element("ul", {}, ...wrong.map((fault) => {
    const name = fault.pointer.startsWith("/") ? placeOf(fault.pointer).name : "";
    const link = element("a", { href: `#${fault.pointer}` }, [name, fault.message].filter(Boolean).join(name.endsWith("?") ? " " : ": "));
    link.onclick = (event) => {
      event.preventDefault();
      if (fault.number !== undefined) go(fault.number, false);
      const field = document.getElementById(fault.pointer);
      field?.closest("details")?.setAttribute("open", "");
      const isHidden = !field || field.closest("[data-asked][hidden]");
      (isHidden ? document.querySelector(`[id="unasked:${pages[current].id}"] h3`) || document.getElementById(`title:${pages[current].id}`) : field).focus();
    };
    return element("li", {}, link);
  }));
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
  settle();
  const understood = answer.fault || event.target.type !== "text" || box.question.kind === "ids" ? "" : textOf(box.question, answer.value);
  showEcho(box, pointer, understood === event.target.value.trim() ? "" : understood);
  showFault(box, pointer, answer.fault || (answer.value === NO_VALUE ? "" : periodFault(box.question, answer.value, pointer)));
  rename(box);
  confirm(pointer);
  changed();
  updateAsked();
  summary();
});
document.getElementById("back").onclick = () => go(current - 1);
document.getElementById("on").onclick = () => {
  const wrong = faultsOn(pages[current]);
  if (!wrong.length) { go(current + 1); return; }
  showErrors(wrong);
  errors.focus();
};
