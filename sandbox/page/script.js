// Keeps the page in step with the sandbox: asks for changes, puts them in without disturbing who is typing,
// and sends what a person does. No library, no build.
import { agreed, firstWrong, hideNotice, showModal, tell } from "/page/dialogs.js";
import { entered, valueOf } from "/page/fields.js";
import { morphChildren } from "/page/morph.js";

const $ = (id) => document.getElementById(id);
let version = Number(document.body.dataset.version);
let boot = document.body.dataset.boot;
let asking = new AbortController(); // the question for news that stands open
let travel = null; // the way to another place, while one is on it
const shown = {}; // pane -> the HTML it was last given
const drafts = {}; // composer id -> text not sent yet
const seen = new WeakSet(); // frames and composers that were set up already

// -- what the server says -----------------------------------------------------------------------------------------

function take(answer, arrived) {
  version = answer.version;
  document.title = answer.title;
  const ends = [...document.querySelectorAll(".scroll")].filter(atEnd).map((frame) => frame.id);
  const known = new Set([...document.querySelectorAll("[data-spoken]")].map((item) => item.id));
  for (const [name, html] of Object.entries(answer.panes)) put(name, html);
  for (const frame of document.querySelectorAll(".scroll")) {
    if (arrived || ends.includes(frame.id) || !seen.has(frame)) toEnd(frame);
    seen.add(frame);
  }
  if (!arrived) announce(known);
  restoreDrafts();
  showModal();
}

function put(name, html) {
  if (shown[name] === html) return;
  shown[name] = html;
  const pane = $(`pane-${name}`);
  const parsed = pane.cloneNode(false);
  const template = document.createElement("template");
  template.innerHTML = html;
  parsed.append(template.content);
  morphChildren(pane, parsed);
}

// The end of a conversation is where its last message can be read from its beginning.
function endOf(frame) {
  const last = frame.querySelector(".messages > .message:last-child");
  if (!last) return 0;
  const from = frame.scrollTop + last.getBoundingClientRect().top - frame.getBoundingClientRect().top - 8;
  return Math.min(from, frame.scrollHeight - frame.clientHeight);
}

const atEnd = (frame) => frame.scrollTop > endOf(frame) - 60;
const toEnd = (frame) => { frame.scrollTop = endOf(frame); };

function announce(known) {
  const fresh = [...document.querySelectorAll("[data-spoken]")].filter((item) => !known.has(item.id));
  // A message may stand in the channel and in the thread: it is said once, and never more than a few at a time.
  const words = new Set(fresh.slice(-3).map((item) => item.dataset.spoken));
  if (words.size) $("announcer").textContent = [...words].join(". ");
}

function restoreDrafts() {
  for (const box of document.querySelectorAll("[data-composer]")) {
    if (!seen.has(box) && drafts[box.id]) box.value = drafts[box.id];
    seen.add(box);
  }
}

async function follow() {
  for (;;) {
    await travel;
    asking = new AbortController();
    try {
      await ask({ after: version });
      if ($("notice").dataset.lost) hideNotice();
    } catch (trouble) {
      if (trouble.name === "AbortError") continue;
      tell("The sandbox does not answer. Has it been stopped? This page tries again by itself.");
      $("notice").dataset.lost = "yes";
      await new Promise((done) => setTimeout(done, 2000));
    }
  }
}

async function ask(more, arrived = false) {
  const asked = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries({ ...more, boot })) asked.set(name, value);
  if (document.hidden) asked.set("hidden", "1");
  const at = location.search;
  const response = await fetch(`/ui/live?${asked}`, arrived ? {} : { signal: asking.signal });
  if (response.status === 204 || at !== location.search) return;
  const answer = await response.json();
  if (answer.reload) location.reload();
  else take(answer, arrived);
}

async function go(address, focus) {
  history.pushState(null, "", address);
  if (focus !== "act-as") $("drawer").open = wide.matches;
  await arrive();
  const target = focus || ($("thread-heading") && address.includes("thread=") ? "thread-heading" : "place");
  if ($(target)) $(target).focus({ preventScroll: target === "place" });
}

// What one was reading stays where it is; what is older comes above it.
async function goBack(address) {
  const first = document.querySelector("#m-list > .message");
  await go(address, "scroll-main");
  first.scrollIntoView();
}

async function arrive() {
  travel = ask({ after: -1, arrive: 1 }, true).catch(() => {});
  asking.abort();
  await travel;
}

// -- what a person does -------------------------------------------------------------------------------------------

async function send(path, body) {
  hideNotice();
  const response = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  }).catch(() => null);
  if (!response) return tell("The sandbox does not answer."), { problem: "lost" };
  const answer = await response.json().catch(() => ({}));
  const problem = answer.problem || (response.ok ? "" : answer.error || "The sandbox refused this.");
  // What went wrong between the app and a modal, the modal itself tells.
  const toldThere = body.act === "submit" && answer.acknowledged !== null;
  if (problem && !(response.ok && toldThere)) tell(problem);
  return { ...answer, problem };
}

const person = () => $("act-as").value;
const act = (name, more) => send("/ui/act", { act: name, as: person(), ...more });

const placeOf = ({ dataset } = { dataset: {} }) => (dataset.view ? { view: dataset.view } : { channel: dataset.channel, ts: dataset.ts });

async function press(field) {
  if (!(await agreed(field))) return;
  const container = field.closest("[data-container]");
  const { block, action } = field.dataset;
  const what = { ...placeOf(container), block, action, value: valueOf(field) };
  field.setAttribute("aria-busy", "true");
  await act("press", { ...what, entered: entered(container) });
  field.removeAttribute("aria-busy");
}

async function say(form, words) {
  const box = form.querySelector("[data-composer]");
  const text = words ?? box.value;
  if (!text.trim()) return;
  if (words === undefined) remember(box, "");
  const answer = await act("say", { in: form.dataset.in, thread: form.dataset.thread, text });
  if (answer.problem && words === undefined && !box.value) remember(box, text);
}

function remember(box, text) {
  box.value = text;
  drafts[box.id] = text;
}

async function submit(form) {
  const button = form.querySelector("[type=submit]");
  if (button) button.disabled = true;
  const answer = await act("submit", { view: form.dataset.view, entered: entered(form) });
  if (button) button.disabled = false;
  if (answer.errors && Object.keys(answer.errors).length) setTimeout(firstWrong, 150);
}

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (menu === except) continue;
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    menu.open = false;
  }
}

// -- listening ----------------------------------------------------------------------------------------------------

const CLICKS = {
  "#earlier": (link) => goBack(link.getAttribute("href")),
  "[data-go]": (link) => go(link.getAttribute("href")),
  "[data-prompt]": (button) => say(button.closest(".foot").querySelector("form"), button.dataset.prompt),
  "[data-insert]": (button) => {
    const box = button.closest("form").querySelector("[data-composer]");
    remember(box, button.dataset.insert + box.value.trimStart());
    box.focus();
  },
  "[data-shortcut]": (button) =>
    act("shortcut", { ...placeOf(button.closest("[data-container]") ?? undefined), shortcut: button.dataset.shortcut }),
  "[data-dismiss]": (button) => act("dismiss", placeOf(button.closest("[data-container]"))),
  "[data-close]": (button) => close(button.dataset.close === "all"),
  "[data-post]": (button) => send(button.dataset.post, JSON.parse(button.dataset.body)),
  "[data-until]": untilThen,
  "#notice-close": hideNotice,
  "#confirm-yes": () => $("confirm").close("yes"),
  "#confirm-no": () => $("confirm").close("no"),
  "button[data-kind], a[data-kind]": press,
};

async function untilThen(button) {
  const { now } = await (await fetch("/clock")).json();
  const seconds = Number(button.dataset.until) - Date.parse(now) / 1000;
  await send("/clock", { advance_seconds: seconds > 0 ? seconds : seconds + 7 * 86400 });
}

function close(everything) {
  const form = $("modal").querySelector("form");
  if (form) act("close", { view: form.dataset.view, everything });
}

document.addEventListener("click", (event) => {
  const inMenu = event.target.closest("details.menu");
  closeMenus(inMenu && !event.target.closest(".menu-item") ? inMenu : null);
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  for (const [which, does] of Object.entries(CLICKS)) {
    const target = event.target.closest(which);
    if (!target) continue;
    if (!target.matches("a[data-kind]")) event.preventDefault();
    does(target);
    return;
  }
});

document.addEventListener("change", (event) => {
  if (event.target.id === "act-as") {
    const here = $("pane-sidebar").querySelector("[aria-current]")?.id.slice("to-".length) || "";
    const place = here.startsWith("D") ? "dm" : here; // everybody has a direct message of their own
    go(`/?${new URLSearchParams({ as: event.target.value, in: place })}`, "act-as");
    return;
  }
  const field = event.target.closest("[data-kind]");
  if (field && field.hasAttribute("data-dispatches") && !field.matches("button, a")) press(field);
});

document.addEventListener("toggle", (event) => {
  if (event.target.open) event.target.querySelector(".menu-list")?.scrollIntoView({ block: "nearest" });
}, true);

document.addEventListener("input", (event) => {
  if (event.target.matches("[data-composer]")) drafts[event.target.id] = event.target.value;
});

document.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  if (form.dataset.form === "say") say(form);
  if (form.dataset.form === "submit") submit(form);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeMenus();
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target.matches("[data-composer]")) {
    event.preventDefault();
    say(event.target.form);
  }
});

// Escape asks the app's modal to close; the dialog itself goes when the sandbox says that the modal is gone.
$("modal").addEventListener("cancel", (event) => {
  event.preventDefault();
  close(false);
});

// On narrow screens the drawer is folded away; on wide ones it is always open.
const wide = matchMedia("(min-width: 52rem)");
wide.addEventListener("change", () => { $("drawer").open = wide.matches; });
$("drawer").open = wide.matches;

// An open clock must not stand still while nothing else happens.
setInterval(() => { if ($("panel-clock").open && !document.hidden) ask({ after: -1 }).catch(() => {}); }, 15000);

window.addEventListener("popstate", arrive);
document.addEventListener("visibilitychange", () => { if (!document.hidden) asking.abort(); });
document.documentElement.classList.add("with-script");
for (const frame of document.querySelectorAll(".scroll")) {
  toEnd(frame);
  seen.add(frame);
}
showModal();
follow();
