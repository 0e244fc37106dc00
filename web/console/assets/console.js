// Keeps a page true: asks for it again and changes what has changed, counts by the server's clock, sends forms without leaving
// the page. Without it every page can be read and every form be sent.

const EVERY = 1500; // ms between two looks at a page that is seen
const UNSEEN = 15000; // and at one in a hidden tab, whose user wants to be told (notices.js)
const PATIENCE = 8000; // ms a look may take
const READ_WITHIN = 12000; // ms for which the answer to a form stays
const STILL_THERE = 3000; // ms after a touch for which a finger counts as being there
const unanswered = new Map(); // orders of which nobody knows whether they were carried out, with their keys

const root = document.documentElement;
const [live, waits] = ["live", "waits"].map((id) => document.getElementById(id));
let ahead = Number(root.dataset.now) - Date.now();
let tag = root.dataset.tag ?? null; // of what is shown
let [kept, trueAt] = [null, Date.now()]; // a page that waits until nobody points at the list; the last that was true
let [busy, timer, touchedAt, saidUntil] = [false, 0, 0, Date.now() + READ_WITHIN];

const now = () => Date.now() + ahead;

// What time it is, and how long until or since.

function lasting(ms) {
  const s = Math.round(Math.abs(ms) / 1000);
  if (s < 60) return `${s} s`;
  const m = Math.floor(s / 60);
  if (m < 60) return `${m} min`;
  if (m < 2880) return `${Math.floor(m / 60)} h ${String(m % 60).padStart(2, "0")}`;
  return `${Math.floor(m / 1440)} days`;
}

function countdown(ms) {
  const s = Math.max(0, Math.floor(ms / 1000));
  if (!s) return "any moment";
  const [two, h] = [(n) => String(n).padStart(2, "0"), Math.floor(s / 3600)];
  return h ? `${h}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}` : `${Math.floor(s / 60)}:${two(s % 60)}`;
}

const write = (node, text) => node.textContent === text || (node.textContent = text);
function tick() {
  for (const one of document.querySelectorAll("[data-left]")) write(one, countdown(one.dataset.left - now()));
  for (const one of document.querySelectorAll("[data-away]")) {
    const ms = one.dataset.away - now();
    write(one, Math.abs(ms) < 1000 ? "now" : ms > 0 ? `in ${lasting(ms)}` : `${lasting(ms)} ago`);
  }
}

// Changing what has changed: the nodes that stay are kept, and so are focus, scrolling and what somebody is typing.

const isHeld = (node) => node.nodeType === 1 &&
  ((node.matches("details[open]") && node.classList.contains("confirm")) ||
    (node.matches("form:not([role=search])") && (node.dataset.touched || node.contains(document.activeElement))));

function sameNode(one, other) {
  return one.nodeType === other.nodeType && one.nodeName === other.nodeName && (one.id || "") === (other.id || "");
}

function morph(old, fresh) {
  if (old.nodeType !== 1) {
    if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue;
    return;
  }
  if (isHeld(old) || old.isEqualNode(fresh)) return;
  for (const { name } of [...old.attributes])
    if (!fresh.hasAttribute(name) && name !== "data-many" && !(name === "open" && old.nodeName === "DETAILS")) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes)
    if (old.getAttribute(name) !== value && !(name === "open" && old.nodeName === "DETAILS")) old.setAttribute(name, value);
  if (old.matches("time[data-left], time[data-away]") || (old.matches("input, textarea, select") && old.dataset.touched)) return;
  morphChildren(old, fresh);
}

function morphChildren(old, fresh) {
  const byId = new Map([...old.children].filter((one) => one.id).map((one) => [one.id, one]));
  const wantedIds = new Set([...fresh.children].map((one) => one.id));
  const drop = (one) => {
    const next = one.nextSibling;
    if (!(one.id && wantedIds.has(one.id)) && !isHeld(one)) one.remove();
    return next;
  };
  let at = old.firstChild;
  for (const wanted of [...fresh.childNodes]) {
    let node = wanted.id ? (byId.get(wanted.id) ?? null) : at;
    // The blanks between elements are many and alike: no element is passed over for one.
    if (wanted.nodeType !== 1) node = at?.nodeType === wanted.nodeType ? at : null;
    else if (!wanted.id)
      while (node && !sameNode(node, wanted)) node = node.id && wantedIds.has(node.id) ? null : node.nextSibling;
    if (!node) {
      const added = document.importNode(wanted, true);
      if (added.nodeType === 1 && added.hasAttribute("data-row")) added.classList.add("fresh");
      old.insertBefore(added, at);
      continue;
    }
    while (at && at !== node && !(at.id && wantedIds.has(at.id))) at = drop(at);
    if (at !== node && wanted.id) old.insertBefore(node, at);
    morph(node, wanted);
    at = node.nextSibling;
  }
  while (at) at = drop(at);
}

// What is read from its end shows its end.
function showNewest() {
  for (const one of document.querySelectorAll(".phone .bubbles, .bubbles.tall"))
    if (one.dataset.many !== String(one.children.length)) {
      one.dataset.many = one.children.length;
      one.scrollTop = one.scrollHeight;
    }
}

// Rows never move under a pointer, a finger, the focus or an open question.

const rowsOf = (page) => [...page.querySelectorAll("[data-row]")].map((one) => one.dataset.row);

function isPointedAt() {
  const list = document.querySelector("[data-rows]");
  return list !== null && (
    (matchMedia("(hover: hover)").matches && list.matches(":hover")) ||
    Date.now() - touchedAt < STILL_THERE ||
    list.contains(document.activeElement) ||
    list.querySelector("details[open]") !== null
  );
}

function take(page, whatever = false) {
  const fresh = page.getElementById("main");
  const said = document.getElementById("said");
  if (said && !whatever && Date.now() < saidUntil) fresh.prepend(said.cloneNode(true));
  const before = rowsOf(document);
  const after = rowsOf(page);
  const moves = before.join() !== after.join();
  document.title = page.title;
  morph(document.querySelector(".head nav"), page.querySelector(".head nav"));
  const token = page.querySelector("[name=token]")?.value;
  for (const one of token ? document.querySelectorAll("[name=token]") : []) one.value = token;
  if (moves && !whatever && isPointedAt()) {
    kept = page;
    const came = after.filter((one) => !before.includes(one)).length;
    write(waits.firstElementChild, came ? `${came} new: show` : "The order has changed: show");
    waits.hidden = false;
    for (const one of fresh.querySelectorAll("[data-row]"))
      if (document.getElementById(one.id)) morph(document.getElementById(one.id), one);
  } else {
    kept = null;
    waits.hidden = true;
    morphChildren(document.getElementById("main"), fresh);
  }
  tick();
  showNewest();
}

// Asking again.

function say(good) {
  root.classList.toggle("stale", !good);
  const since = () => new Date(trueAt).toLocaleTimeString([], { hour: "numeric", minute: "2-digit" });
  write(live.firstElementChild, good ? "Live" : `Not live since ${since()}`);
}

async function ask(url, options = {}) {
  const answer = await fetch(url, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE), ...options });
  if (answer.headers.has("X-Now")) ahead = Number(answer.headers.get("X-Now")) - Date.now();
  return answer;
}

function here(url = new URL(location.href)) {
  url.searchParams.delete("done");
  url.hash = "";
  return url;
}

async function look() {
  clearTimeout(timer);
  if (document.hidden && !root.dataset.notices) return;
  if (!busy) {
    try {
      const answer = await ask(here(), { headers: { "X-Poll": "1", ...(tag ? { "If-None-Match": tag } : {}) } });
      if (answer.status === 401) location.reload();
      else if (answer.status === 200 && !busy) {
        tag = answer.headers.get("ETag");
        take(new DOMParser().parseFromString(await answer.text(), "text/html"));
      } else if (answer.status !== 304) throw new Error(`answered ${answer.status}`);
      trueAt = Date.now();
      say(true);
    } catch {
      say(false);
    }
  }
  clearTimeout(timer), timer = setTimeout(look, document.hidden ? UNSEEN : EVERY);
}

async function send(event) {
  const form = event.target;
  if (form.method !== "post" || form.matches("[enctype], [data-slow]") || event.defaultPrevented) return;
  event.preventDefault();
  if (busy) return;
  busy = true;
  const buttons = [...form.querySelectorAll("button")];
  const body = new URLSearchParams(new FormData(form, event.submitter));
  // Sent again after an answer that was lost, it is the same order.
  const order = [form.action, ...[...body].filter(([name]) => !/^(token|key|version)$/.test(name))].join("\n");
  body.set("key", unanswered.get(order) ?? body.get("key"));
  unanswered.set(order, body.get("key"));
  buttons.forEach((one) => (one.disabled = true));
  try {
    const answer = await ask(form.action, { method: "POST", body });
    if (answer.status === 401) return location.reload();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (answer.status < 500) unanswered.delete(order);
    const url = here(new URL(answer.url));
    const problem = page.querySelector(".problem p");
    // What was typed stays where nothing was done, and means what is shown now.
    const twin = [...page.forms].find((one) => one.action === form.action);
    if (!problem && !page.querySelector(".said.refused")) {
      form.reset();
      for (const one of [form, ...form.elements]) delete one.dataset.touched;
      for (const one of document.querySelectorAll("details.confirm[open]")) one.open = false;
    } else if (twin?.elements.version) form.elements.version.value = twin.elements.version.value;
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    if (answer.redirected && url.href !== location.href) history.pushState(null, "", url), scrollTo(0, 0);
    tag = null;
    if (problem) {
      document.getElementById("said")?.remove();
      document.getElementById("main").prepend(Object.assign(problem, { id: "said", className: "said refused" }));
    } else take(page, true);
    const said = document.querySelector(".said");
    saidUntil = Date.now() + READ_WITHIN;
    if (said) said.tabIndex = -1, said.focus({ preventScroll: true });
    say(true);
  } catch {
    say(false);
  }
  buttons.forEach((one) => (one.disabled = false));
  busy = false;
  look();
}

root.classList.add("scripted");
addEventListener("submit", send);
addEventListener("input", ({ target }) => [target, target.form].forEach((one) => one && (one.dataset.touched = "1")));
addEventListener("touchstart", () => (touchedAt = Date.now()), { passive: true });
document.addEventListener("visibilitychange", look);
addEventListener("keydown", (event) => {
  if (event.key === "Escape") for (const one of document.querySelectorAll("details.confirm[open]")) one.open = false;
  const search = event.key === "/" && !event.target.closest("input, textarea, select") && document.querySelector("[type=search]");
  if (search) event.preventDefault(), search.focus();
});
waits.firstElementChild.addEventListener("click", () => kept && take(kept, true));
addEventListener("popstate", () => location.reload());
setInterval(tick, 1000);
tick(), showNewest(), look();
