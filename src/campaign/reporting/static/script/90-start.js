// A link into a closed group opens it; on paper everything is open, and a chart is as wide as the text.
const PAPER = 660;
function open(hash) {
  const target = hash && document.getElementById(decodeURIComponent(hash.slice(1)));
  const closed = target && (target.querySelector("details.whole") || target.closest("details.whole"));
  if (!closed || closed.open) return;
  closed.open = true;
  target.scrollIntoView();
}
window.addEventListener("hashchange", () => open(location.hash));

let opened = [];
window.addEventListener("beforeprint", () => {
  opened = all("details.whole:not([open])");
  opened.forEach((part) => { part.open = true; });
  if (!window.Plotly) return;
  plots.forEach(draw);
  drawn.forEach((place) => Plotly.relayout(place, { width: PAPER }));
});
window.addEventListener("afterprint", () => {
  drawn.forEach((place) => Plotly.relayout(place, { width: null, autosize: true }));
  opened.forEach((part) => { part.open = false; });
});

async function start() {
  addTables();
  open(location.hash);
  await loadPosts();
  addPosts();
  // The policy lets this code run because its hash is named there.
  document.head.append(element("script", null, await unpack("plotly-code")));
  all(".plot[data-clock]:not([data-overview])").forEach(addControls);
  drawNear();
  document.documentElement.dataset.ready = "";
}
start().catch((error) => {
  const text = "The charts and the lists of posts could not be drawn (" + error.message + "). The text and the tables are whole.";
  document.querySelector("main").prepend(element("p", { role: "alert", class: "limits" }, text));
});
