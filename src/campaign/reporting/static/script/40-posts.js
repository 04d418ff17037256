// The members' posts: one block for all tables, rasters and dialogs of the page.
let known = null;
const posts = () => known;
async function loadPosts() {
  if (!document.getElementById("posts-data")) { // a page without posts, such as that of a follower audit
    known = { rows: [], accounts: new Map() };
    return;
  }
  const block = JSON.parse(await unpack("posts-data")), rows = [];
  let at = 0;
  block.at.forEach((step, i) => {
    at += step;
    rows.push({ at, id: block.id[i], account: block.accounts[block.who[i]], kind: block.kinds[block.kind[i]],
      text: block.texts[block.text[i]], shown: block.shown[i] });
  });
  const accounts = new Map(block.accounts.map((account) => [account[0], account]));
  known = { rows, accounts };
}
const [ID, LABEL, GROUP, ROLE, MADE, NUMBER] = [0, 1, 2, 3, 4, 5];

// A group's chart gets a row for each account, by first post, and a dot for each post.
function withPosts(figure, place) {
  const meta = figure.layout.meta;
  if (!meta || !meta.group) return;
  const mine = posts().rows.filter((post) => post.account[GROUP] === meta.group);
  const order = Array.from(new Set(mine.map((post) => post.account))), row = new Map(order.map((account, i) => [account, i]));
  const turns = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g; // of the direction of writing
  const plain = (text) => text.replace(turns, "").replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  figure.data.filter((trace) => trace.meta && trace.meta.role).forEach((trace) => {
    const these = mine.filter((post) => (post.account[ROLE] === "together") === (trace.meta.role === "together"));
    trace.x = these.map((post) => post.at);
    trace.y = these.map((post) => row.get(post.account));
    trace.text = these.map((post) => plain(post.account[LABEL]));
    trace.marker.opacity = these.map((post) => (post.shown ? trace.marker.opacity : 0.3));
    trace.meta.accounts = these.map((post) => post.account[ID]);
  });
  let of = 0;
  posts().accounts.forEach((account) => { if (account[GROUP] === meta.group) of += account[NUMBER]; });
  const caption = place.parentElement.querySelector("figcaption");
  if (mine.length < of) caption.append(" Drawn: " + cutOf(mine.length, of) + ".");
  const axis = figure.layout.yaxis3;
  axis.range = [order.length - 0.3, -0.7];
  axis.showticklabels = order.length <= meta.named && window.innerWidth > 600;
  axis.tickvals = order.map((_, i) => i);
  axis.ticktext = order.map((account) => plain(account[LABEL]));
}

function postRow(post, columns) {
  const order = { time: post.at, account: post.account[LABEL].toLowerCase(), kind: post.kind, text: post.text.toLowerCase() };
  const fields = { time: [new Date(post.at).toISOString()], account: [post.account[ID], post.account[LABEL]], kind: [post.kind],
    text: [post.text, post.id] };
  return {
    words: [moment(post.at), post.account[LABEL], post.account[ID], post.kind, post.text, post.id].join(" ").toLowerCase(),
    order: columns.map((name) => order[name]),
    fields: columns.flatMap((name) => fields[name]),
    tr: once(() => element("tr", null,
      element("th", { scope: "row", class: "short" }, moment(post.at)),
      columns.includes("account") ? element("td", null, accountButton(post.account)) : null,
      element("td", { class: "short" }, post.kind),
      element("td", null, element("span", { class: "post", dir: "auto" }, post.text || "(no text)"), element("br"),
        element("span", { class: "key" }, post.id)))),
  };
}

const HEADS = { time: "Time (UTC)", account: "Account", kind: "Kind", text: "Text and id" };
const FIELDS = { time: ["time"], account: ["account", "label"], kind: ["kind"], text: ["text", "post"] };

// A table of posts: sorted, filtered and saved like the other tables.
function postsTable(rows, columns, caption, file) {
  const head = element("tr", null, ...columns.map((name) => element("th", { scope: "col" }, HEADS[name])));
  const table = element("table", { class: "sortable" }, element("caption", null, element("span", null, caption)),
    element("thead", null, head), element("tbody"));
  const frame = element("div", { class: "scroll long", tabindex: "0", role: "region", "aria-label": caption }, table);
  const part = element("div", null, frame);
  grid(table, frame, rows.map((post) => postRow(post, columns)), columns.flatMap((name) => FIELDS[name]), file);
  return part;
}

const cutOf = (rows, all) => (rows < all ? counted(rows, "post") + " of " + all.toLocaleString("en-GB") + ", evenly chosen" : counted(rows, "post"));

function accountButton(account) {
  return button(account[LABEL], () => showAccount(account[ID]), { class: "person", "aria-haspopup": "dialog", dir: "auto" });
}

// The dialog with the posts of an account.
function showAccount(id) {
  const account = posts().accounts.get(id);
  if (!account) return;
  const rows = posts().rows.filter((post) => post.account === account);
  const group = document.querySelector("#group-" + account[GROUP] + " h2");
  const facts = [account[ID], account[ROLE] + " in " + (group ? group.textContent.split(":")[0] : "a group"),
    account[MADE] === null ? null : "made " + day(account[MADE]), cutOf(rows.length, account[NUMBER])];
  const caption = "Its posts" + (rows.length < account[NUMBER] ? ", evenly chosen; the store has all" : "");
  const close = button("Close", () => dialog.close(), { class: "close" });
  const title = element("h2", { id: "account-title", dir: "auto" }, account[LABEL]);
  const dialog = element("dialog", { class: "account", "aria-labelledby": "account-title" },
    element("div", { class: "top" }, title, close),
    element("p", { class: "said facts-line" }, ...facts.filter(Boolean).map((fact) => element("span", { dir: "auto" }, fact))),
    postsTable(rows, ["time", "kind", "text"], caption, "posts-of-" + account[LABEL]));
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  all("dialog.account").forEach((open) => open.close());
  document.querySelector("main").append(dialog);
  dialog.showModal();
}

// Labels of accounts become buttons; a group's posts are listed when they are asked for.
function addPosts() {
  all("[data-account]").forEach((label) => {
    const made = button("", () => showAccount(label.dataset.account), { class: "person", "aria-haspopup": "dialog" });
    made.append(...label.childNodes);
    label.append(made);
  });
  all("[data-posts-of]").forEach((place) => {
    place.parentElement.addEventListener("toggle", () => {
      const rows = posts().rows.filter((post) => post.account[GROUP] === Number(place.dataset.postsOf));
      let of = 0;
      posts().accounts.forEach((account) => { if (account[GROUP] === Number(place.dataset.postsOf)) of += account[NUMBER]; });
      place.append(postsTable(rows, ["time", "account", "kind", "text"], cutOf(rows.length, of), place.dataset.name));
    }, { once: true });
  });
}
