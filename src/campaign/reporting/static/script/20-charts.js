// Charts: each JSON block beside a chart's place holds its data and layout. A chart is drawn when it comes near the
// window, so that a long page opens at once. plotly's own buttons, of which one would send the data to its makers'
// server, are left out: those of the page can be reached by keyboard.
const config = { responsive: true, displaylogo: false, displayModeBar: false, typesetMath: false, showSendToCloud: false,
  plotlyServerURL: "", doubleClick: false, showTips: false };
const coarse = window.matchMedia("(pointer: coarse)").matches;
const plots = all(".plot");
const drawn = new Set();

function draw(place) {
  if (drawn.has(place) || !place.clientWidth) return;
  drawn.add(place);
  const figure = read(place.id + "-data");
  if (coarse) figure.layout.dragmode = false; // a finger scrolls the page
  withRows(figure);
  withPosts(figure, place);
  if (place.dataset.clock) joinClock(place, figure);
  Plotly.newPlot(place, figure.data, figure.layout, config);
  if (place.dataset.clock) watchClock(place);
  place.on("plotly_click", (event) => clicked(figure, event.points[0]));
}

// Labels of a raster's dots are kept once for each row.
function withRows(figure) {
  const rows = figure.layout.meta && figure.layout.meta.labels;
  if (rows) figure.data.forEach((trace) => { trace.text = trace.y.map((row) => rows[row]); });
}

function clicked(figure, point) {
  const meta = figure.layout.meta || {}, own = point.data.meta || {};
  const account = own.accounts ? own.accounts[point.pointNumber] : meta.accounts ? meta.accounts[point.y] : null;
  if (account) showAccount(account);
}

function drawNear() {
  if (!("IntersectionObserver" in window)) return plots.forEach(draw);
  const watch = new IntersectionObserver((entries) => {
    entries.filter((entry) => entry.isIntersecting).forEach((entry) => {
      watch.unobserve(entry.target);
      draw(entry.target);
    });
  }, { rootMargin: "600px" });
  plots.forEach((place) => watch.observe(place));
}
