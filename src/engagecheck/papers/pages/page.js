"use strict";
(() => {
  const place = document.getElementById("filters");
  const articles = [...document.querySelectorAll("article[data-outcome]")];
  if (!place || !articles.length) return;
  const groups = [["All questions", null], ["To mend", ["not_met", "partly_met", "error"]], ["Not shown", ["not_evidenced"]], ["Met", ["met"]]];
  const show = (wanted, pressed) => {
    for (const article of articles) article.hidden = !!wanted && !wanted.includes(article.dataset.outcome);
    for (const area of document.querySelectorAll("section.area")) area.hidden = !area.querySelector("article:not([hidden])");
    for (const button of place.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button === pressed));
  };
  place.setAttribute("role", "group");
  place.setAttribute("aria-label", "Show");
  for (const [name, wanted] of groups) {
    const count = wanted ? articles.filter((article) => wanted.includes(article.dataset.outcome)).length : articles.length;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = `${name} (${count})`;
    button.setAttribute("aria-pressed", String(!wanted));
    button.addEventListener("click", () => show(wanted, button));
    place.append(button);
  }
  place.hidden = false;
  addEventListener("hashchange", () => {
    const target = document.querySelector(CSS.escape ? `#${CSS.escape(location.hash.slice(1))}` : location.hash);
    if (target && target.closest("[hidden]")) show(null, place.querySelector("button"));
  });
})();
