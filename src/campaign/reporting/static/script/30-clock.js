// Charts with the same `data-clock` show the same stretch of time. Posts are counted anew for it, in the finest steps
// of which not too many are in sight.
const HOUR = 3600000, STEPS = 240;
const levels = once(() => read("levels"));
const clocks = {};

const parsed = (value) => (typeof value === "number" ? value : Date.parse(String(value).replace(" ", "T") + "Z"));

const dayBefore = (ms) => (Math.floor(ms / (24 * HOUR)) - 1) * 24 * HOUR;

function clockOf(place) {
  const name = place.dataset.clock;
  if (!clocks[name]) {
    const layout = read(place.id + "-data").layout, range = layout.xaxis.range;
    const whole = layout.meta ? layout.meta.whole : range;
    clocks[name] = { a: range[0], b: range[1], home: range, whole, made: layout.meta && layout.meta.made ? dayBefore(layout.meta.made) : null, peak: (layout.meta && layout.meta.peak) || null, charts: [],
      bars: [] };
  }
  return clocks[name];
}

function levelFor(a, b) {
  const known = levels().levels, coarse = known[known.length - 1];
  const from = Math.max(a, coarse.start), to = Math.min(b, coarse.end);
  return known.find((level) => (b - a) / level.width <= STEPS && level.start <= from && level.end >= to) || coarse;
}

function cellsOf(level, series, a, b) {
  const x = [], y = [], cells = level.cells[series] || [[], []];
  let at = level.start;
  cells[0].forEach((step, i) => {
    at += step * level.width;
    if (at + level.width > a && at < b) { x.push(at); y.push(cells[1][i]); }
  });
  return { x, y };
}

// A chart's traces with their bars for the stretch of time that the clock shows.
function countedAnew(data, level, clock) {
  return data.map((trace) => trace.type === "bar"
    ? { ...trace, ...cellsOf(level, trace.meta.series, clock.a, clock.b), width: level.width } : trace);
}

function joinClock(place, figure) {
  const clock = clockOf(place), range = [clock.a, clock.b];
  clock.charts.push(place);
  if ("overview" in place.dataset) {
    figure.layout.shapes = [marked(clock)];
    return;
  }
  figure.layout.xaxis.range = range;
  figure.data = countedAnew(figure.data, levelFor(clock.a, clock.b), clock);
}

function marked(clock) {
  return { type: "rect", xref: "x", yref: "paper", x0: clock.a, x1: clock.b, y0: 0, y1: 1, fillcolor: "rgba(36,120,196,0.22)",
    line: { color: "#2478c4", width: 1.5 } };
}

// Dragging over a chart shows that stretch in all charts of its clock.
function watchClock(place) {
  const clock = clockOf(place);
  place.on("plotly_relayout", (event) => {
    if (clock.busy) return;
    const from = event["xaxis.range[0]"], to = event["xaxis.range[1]"], both = event["xaxis.range"];
    if (from !== undefined && to !== undefined) show(clock, parsed(from), parsed(to));
    else if (both) show(clock, parsed(both[0]), parsed(both[1]));
  });
}

function show(clock, a, b) {
  const least = clock.made === null ? clock.whole[0] : Math.min(clock.made, clock.whole[0]);
  const width = Math.min(Math.max(b - a, 10000), clock.whole[1] - least);
  clock.a = Math.max(least, Math.min(a, clock.whole[1] - width));
  clock.b = clock.a + width;
  clock.busy = true;
  const level = levelFor(clock.a, clock.b), range = [clock.a, clock.b];
  const done = clock.charts.map((place) => {
    if ("overview" in place.dataset) return Plotly.relayout(place, { "xaxis.range": clock.whole.slice(), shapes: [marked(clock)] });
    // Not by an update, after which plotly would guess from the numbers what kind of axis it is.
    const xaxis = { ...place.layout.xaxis, range: range.slice(), autorange: false };
    return Plotly.react(place, countedAnew(place.data, level, clock), { ...place.layout, xaxis }, config);
  });
  Promise.all(done).then(() => { clock.busy = false; });
  clock.bars.forEach((bar) => say(clock, bar));
}

// A stretch of this width: around the busiest moment where that is in sight, else around the middle.
function around(clock, width) {
  const peak = clock.peak === null ? levels().peak : clock.peak;
  const middle = peak >= clock.a && peak <= clock.b && clock.b - clock.a > width ? peak : (clock.a + clock.b) / 2;
  const step = width === HOUR ? 600000 : HOUR;
  const a = Math.floor((middle - width / 2) / step) * step;
  show(clock, a, a + width);
}

function say(clock, bar) {
  const step = duration(levelFor(clock.a, clock.b).width);
  bar.said.textContent = span(clock.a, clock.b) + (bar.counts ? ", in steps of " + step : "");
  bar.buttons.forEach(([made, width]) => {
    const on = Array.isArray(width) ? clock.a === width[0] && clock.b === width[1] : Math.abs(clock.b - clock.a - width) < 1;
    made.setAttribute("aria-pressed", String(on));
  });
}

// The buttons above a chart.
function addControls(place) {
  const clock = clockOf(place), span = clock.whole[1] - clock.whole[0];
  const widths = [["Hour", HOUR], ["Day", 24 * HOUR], ["Week", 168 * HOUR]].filter(([, width]) => width < span);
  const buttons = widths.map(([text, width]) => [button(text, () => around(clock, width)), width]);
  const ranges = [["All", clock.whole]];
  if (clock.home[0] !== clock.whole[0] || clock.home[1] !== clock.whole[1]) ranges.unshift(["Busy time", clock.home]);
  if (clock.made !== null) ranges.push(["Since its accounts were made", [clock.made, clock.whole[1]]]);
  ranges.forEach(([text, range]) => buttons.push([button(text, () => show(clock, ...range)), range]));
  const move = (part) => () => { const by = (clock.b - clock.a) * part; show(clock, clock.a + by, clock.b + by); };
  const zoom = (part) => () => {
    const middle = (clock.a + clock.b) / 2, half = ((clock.b - clock.a) / 2) * part;
    show(clock, middle - half, middle + half);
  };
  const said = element("output", { class: "said" });
  const steps = [button("Earlier", move(-0.5)), button("Later", move(0.5)), button("Closer", zoom(0.5)), button("Wider", zoom(2))];
  const groups = [buttons.map(([made]) => made), steps].map((these) => element("span", { class: "set" }, ...these));
  const label = "Stretch of time shown";
  place.before(element("div", { class: "controls", role: "group", "aria-label": label }, ...groups, said));
  const bar = { said, buttons, counts: place.id !== "raster" };
  clock.bars.push(bar);
  say(clock, bar);
}
