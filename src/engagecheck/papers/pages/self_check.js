"use strict";
(() => {
  // The same page as self_check.py makes on the terminal; a test compares the two. Nothing is stored: no draft, no cookie.
  const { items, words, first_steps: most } = JSON.parse(document.getElementById("data").textContent);
  const form = document.getElementById("questions");
  const page = document.getElementById("page");
  const status = document.getElementById("status");
  const answer = (item) => form.elements[item.id].value;
  const parts = () => {
    const answered = (wanted) => items.filter((item) => answer(item) === wanted);
    const missing = ["no", "partly"].flatMap((wanted) => ["me", "organisation"].flatMap((side) => answered(wanted).filter((item) => item.side === side)));
    const first = missing.slice(0, most);
    const missingOf = (side) => items.filter((item) => missing.includes(item) && item.side === side);
    const statements = (chosen, mark) => chosen.map((item) => ({ mark, text: item.text, why: "" }));
    const steps = (chosen) => chosen.map((item) => ({ mark: "•", text: item.advice, why: `I answered ${answer(item)} to "${item.text}"` }));
    const numbered = steps(first).map((step, place) => ({ ...step, mark: `${place + 1}.`, why: `${step.why} Finding: ${first[place].finding}.` }));
    const nothing = answered("").length ? words.answer_rest : words.all_in_place;
    const inPlace = statements(answered("yes"), "✓");
    const toAsk = steps(missingOf("organisation"));
    const others = [
      { title: words.later, note: "", entries: steps(missingOf("me").filter((item) => !first.includes(item))) },
      { title: words.not_answered, note: "", entries: statements(answered(""), "•") },
      { title: words.not_for_me, note: "", entries: statements(answered("does not apply to me"), "•") },
    ];
    return [
      { title: words.in_place, note: inPlace.length ? "" : words.nothing_in_place, entries: inPlace },
      { title: words.to_ask, note: toAsk.length ? "" : words.nothing_to_ask, entries: toAsk },
      { title: words.begin, note: numbered.length ? words.order : nothing, entries: numbered },
      ...others.filter((part) => part.entries.length),
    ];
  };
  const opening = () => {
    const count = (wanted) => items.filter((item) => answer(item) === wanted).length;
    return [words.source, words.private, `Answered: ${items.length - count("")} of ${items.length}. Does not apply to me: ${count("does not apply to me")}.`];
  };
  const WIDTH = 80;
  const wrapped = (text, width) => text.split(/\s+/).reduce((lines, word) => {
    const last = lines.pop();
    if (last === undefined) return [word];
    return last.length + 1 + word.length > width ? [...lines, last, word] : [...lines, `${last} ${word}`];
  }, []);
  const asText = () => {
    const lines = [words.title, "═".repeat(WIDTH), ...opening().flatMap((text) => wrapped(text, WIDTH))];
    for (const part of parts()) {
      lines.push("", part.title, "─".repeat(WIDTH), ...(part.note ? wrapped(part.note, WIDTH) : []));
      for (const { mark, text, why } of part.entries) lines.push(...wrapped(`${text} ${why}`.trim(), WIDTH - 3).map((line, place) => (place ? "   " : mark.padEnd(3)) + line));
    }
    return `${lines.join("\n")}\n`;
  };
  const element = (name, text) => Object.assign(document.createElement(name), { textContent: text });
  const list = (entries) => {
    const made = document.createElement(entries[0].mark === "1." ? "ol" : "ul");
    if (entries[0].mark === "✓") made.className = "ticks";
    for (const { text, why } of entries) {
      const line = element("li", text);
      if (why) line.append(" ", Object.assign(element("span", why), { className: "soft" }));
      made.append(line);
    }
    return made;
  };
  const show = (isShown) => {
    page.hidden = !isShown;
    form.hidden = isShown;
    document.body.classList.toggle("answered", isShown);
    status.textContent = "";
    const place = isShown ? document.getElementById("page-title") : form.querySelector("input");
    place.focus();
    place.scrollIntoView({ block: isShown ? "start" : "center" });
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    document.getElementById("parts").replaceChildren(
      ...opening().map((text) => element("p", text)),
      ...parts().flatMap((part) => [element("h3", part.title), ...(part.note ? [element("p", part.note)] : []), ...(part.entries.length ? [list(part.entries)] : [])]),
    );
    show(true);
  });
  form.addEventListener("reset", () => { document.getElementById("parts").replaceChildren(); show(false); status.textContent = "Your answers are cleared."; });
  document.getElementById("change").addEventListener("click", () => show(false));
  document.getElementById("clear").addEventListener("click", () => form.reset());
  document.getElementById("print").addEventListener("click", () => window.print());
  document.getElementById("save").addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([asText()], { type: "text/plain;charset=utf-8" }));
    link.download = "my-checklist.txt";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    status.textContent = "Saved as my-checklist.txt.";
  });
  // A browser may keep a page that was left, and show it again to the next person who goes back.
  addEventListener("pagehide", () => form.reset());
})();
