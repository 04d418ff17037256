// What the other files use: finding, reading and making elements. Strangers' words go in as text, never as markup.
const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));
const read = (id) => {
  const block = document.getElementById(id);
  return block ? JSON.parse(block.textContent) : null;
};
// zlib's format in base64, as Python packed it.
async function unpack(id) {
  const bytes = Uint8Array.from(atob(document.getElementById(id).textContent), (sign) => sign.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).text();
}
const once = (make) => {
  let value, made = false;
  return () => {
    if (!made) { value = make(); made = true; }
    return value;
  };
};
function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key === "click") made.addEventListener("click", value);
    else if (value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}
const button = (text, click, more) => element("button", { type: "button", click, ...more }, text);
const counted = (number, one, many) => number.toLocaleString("en-GB") + " " + (number === 1 ? one : many || one + "s");

// Times as the text has them: `6 May 2024, 19:00:05` (UTC), whatever the machine's language and zone.
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const two = (number) => String(number).padStart(2, "0");
function day(ms) {
  const time = new Date(ms);
  return time.getUTCDate() + " " + MONTHS[time.getUTCMonth()] + " " + time.getUTCFullYear();
}
function moment(ms) {
  const time = new Date(ms), seconds = time.getUTCSeconds();
  return day(ms) + ", " + two(time.getUTCHours()) + ":" + two(time.getUTCMinutes()) + (seconds ? ":" + two(seconds) : "");
}
function span(a, b) {
  const end = moment(b);
  return moment(a) + " – " + (day(a) === day(b) ? end.split(", ")[1] : end) + " UTC";
}
function duration(ms) {
  for (const [size, unit] of [[86400, "day"], [3600, "hour"], [60, "minute"], [1, "second"]])
    if (ms / 1000 >= size && (ms / 1000) % size === 0) return counted(ms / 1000 / size, unit);
  return counted(Math.round(ms / 1000), "second");
}
