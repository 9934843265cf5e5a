// Tables marked sortable are sorted by the column whose heading is clicked; all else works without.
"use strict";
const key = (row, column) => {
    const text = row.cells[column].textContent.trim();
    const number = parseFloat(text);
    return Number.isNaN(number) ? text : number;
};
const compare = (a, b) => {
    if (typeof a === typeof b) {
        return typeof a === "number" ? a - b : a.localeCompare(b);
    }
    return typeof a === "number" ? -1 : 1;
};
for (const heading of document.querySelectorAll("table.sortable thead th")) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
        const descending = heading.getAttribute("aria-sort") === "ascending";
        const body = heading.closest("table").tBodies[0];
        const rows = [...body.rows].sort(
            (a, b) => compare(key(a, heading.cellIndex), key(b, heading.cellIndex)));
        for (const other of heading.parentElement.cells) {
            other.removeAttribute("aria-sort");
        }
        heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
        body.append(...(descending ? rows.reverse() : rows));
    });
}
