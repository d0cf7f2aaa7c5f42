"use strict";
(() => {
  const table = document.querySelector("table.sortable");
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const key = (row, column) => row.cells[column].dataset.sort ?? row.cells[column].textContent.trim();
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.addEventListener("click", () => {
      // The first click on a number shows the highest, on a name the first of the alphabet.
      const up = head.ariaSort ? head.ariaSort === "descending" : column === 0;
      const compare = (one, other) => key(one, column).localeCompare(key(other, column), "en", { numeric: true });
      const number = (one, other) => Number(key(one, column)) - Number(key(other, column));
      const rows = [...body.rows].sort(column === 0 ? compare : number);
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      body.append(...(up ? rows : rows.reverse()));
    });
    head.replaceChildren(button);
  });
})();
