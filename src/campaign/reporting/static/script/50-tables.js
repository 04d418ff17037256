// Tables: a click on a head sorts by its column, a second click turns the order; words typed above it keep the rows that
// have them all; what is left is saved as CSV.
const ROWS = 100; // shown at once

function compare(a, b) {
  const x = Number(a), y = Number(b);
  return a !== "" && b !== "" && !isNaN(x) && !isNaN(y) ? x - y : a < b ? -1 : a > b ? 1 : 0;
}

// A spreadsheet would run a text that begins like a formula: such a one gets an apostrophe before it.
function field(value) {
  const text = /^[=+\-@\t\r]/.test(value) && isNaN(Number(value)) ? "'" + value : value;
  return /[",\r\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
}

function save(name, lines) {
  const text = "\ufeff" + lines.map((line) => line.map((value) => field(String(value))).join(",") + "\r\n").join("");
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  element("a", { href: address, download: name.replace(/[^\w.-]+/g, "_") + ".csv" }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

// rows: words to look through, order by column, fields of the CSV, and the row's element when it is wanted.
function grid(table, frame, rows, fields, file) {
  const body = table.tBodies[0], heads = Array.from(table.tHead.rows[0].cells);
  let kept = rows, most = ROWS;
  const said = element("output", { class: "said" });
  const more = button("Show more rows", () => { most += ROWS * 5; fill(); });
  function fill() {
    body.replaceChildren(...kept.slice(0, most).map((row) => row.tr()));
    more.hidden = kept.length <= most;
    said.textContent = kept.length === rows.length ? counted(rows.length, "row") : kept.length + " of " + counted(rows.length, "row");
  }
  function sort(head, column) {
    const down = head.getAttribute("aria-sort") === "ascending";
    rows.sort((a, b) => compare(a.order[column], b.order[column]) * (down ? -1 : 1));
    heads.forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    filter();
  }
  function filter() {
    const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    kept = rows.filter((row) => wanted.every((word) => row.words.includes(word)));
    fill();
  }
  heads.forEach((head, column) => {
    const made = button("", () => sort(head, column));
    made.append(...head.childNodes);
    head.append(made);
  });
  const search = element("input", { type: "search", placeholder: "words to look for", autocomplete: "off" });
  search.addEventListener("input", filter);
  if (!file) return;
  const csv = button("Save as CSV", () => save(file, [fields, ...kept.map((row) => row.fields)]));
  frame.before(element("div", { class: "tools" }, element("label", null, "Filter ", search), csv, said));
  frame.after(more);
  fill();
}

// A table that is in the page already, as rows for the grid.
function rowsOf(table) {
  const text = (cell) => cell.textContent.replace(/(\d),(?=\d{3})/g, "$1");
  const order = (cell) => (cell.hasAttribute("data-order") ? cell.dataset.order : text(cell).toLowerCase());
  const fields = (cell) => (cell.hasAttribute("data-fields") ? JSON.parse(cell.dataset.fields) : [text(cell)]);
  return Array.from(table.tBodies[0].rows).map((tr) => {
    const cells = Array.from(tr.cells), kept = cells.flatMap(fields);
    return { words: (tr.textContent + " " + kept.join(" ")).toLowerCase(), order: cells.map(order), fields: kept, tr: () => tr };
  });
}

function addTables() {
  all("table.sortable").forEach((table) => {
    const heads = Array.from(table.tHead.rows[0].cells);
    const fields = heads.flatMap((head) => (head.hasAttribute("data-fields") ? JSON.parse(head.dataset.fields) : [head.textContent]));
    grid(table, table.closest(".scroll"), rowsOf(table), fields, table.dataset.file);
  });
}
