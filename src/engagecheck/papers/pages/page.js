"use strict";
(() => {
  const folds = [...document.querySelectorAll("main details")];
  // The folds are open in the file, so that a browser without scripts shows and prints everything.
  for (const fold of folds) fold.open = false;
  const menu = document.querySelector("details.menu");
  const wide = matchMedia("(min-width: 64rem)");
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  if (location.hash) reveal();
  if (menu) {
    const fit = () => { menu.open = wide.matches; };
    fit();
    wide.addEventListener("change", fit);
    menu.addEventListener("click", (event) => { if (event.target.closest("a")) fit(); });
  }
  const button = document.getElementById("unfold");
  if (button && folds.length) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const open = folds.some((fold) => !fold.open);
      for (const fold of folds) fold.open = open;
      button.textContent = open ? "Close everything" : "Open everything";
    });
  }
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = folds.filter((fold) => !fold.open);
    for (const fold of closed) fold.open = true;
  });
  addEventListener("afterprint", () => { for (const fold of closed) fold.open = false; });
})();
