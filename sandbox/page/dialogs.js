// Keeps the page's two dialogs: the app's modal, which comes and goes as the sandbox says, and the question
// "are you sure?" that an app may put before a button. Focus goes in when they open and back when they close.

const $ = (id) => document.getElementById(id);
let lastFocus = null; // where the focus was before a modal came

// A modal makes the rest of the page unreachable, so while one is open it carries the notice.
export function tell(words) {
  const inside = $("modal").open;
  $(inside ? "modal-notice" : "notice-text").textContent = words;
  $(inside ? "modal-notice" : "notice").hidden = false;
}

export function hideNotice() {
  for (const key of ["notice", "modal-notice"]) $(key).hidden = true;
  delete $("notice").dataset.lost;
}

export function firstWrong() {
  const wrong = $("modal").querySelector(".wrong");
  const field = wrong && wrong.querySelector("input, select, textarea");
  if (field) field.focus();
}

export function showModal() {
  const dialog = $("modal");
  const form = dialog.querySelector("form");
  if (!form) {
    if (dialog.open) dialog.close();
    dialog.dataset.shows = "";
    return;
  }
  if (!dialog.open) {
    hideNotice();
    lastFocus = document.activeElement && document.activeElement.id;
    dialog.showModal();
  }
  if (dialog.dataset.shows === form.id) return;
  dialog.dataset.shows = form.id;
  const fields = ".modal-body input, .modal-body select, .modal-body textarea";
  const first = form.querySelector("[data-focus]:not(.choices)") || form.querySelector(fields);
  (first || $("modal-title")).focus();
}

$("modal").addEventListener("close", () => {
  const before = lastFocus && $(lastFocus);
  if (before) before.focus();
});

export function agreed(field) {
  const { confirmTitle, confirmText, confirmConfirm, confirmDeny } = field.dataset;
  if (confirmTitle === undefined) return true;
  $("confirm-title").textContent = confirmTitle;
  $("confirm-text").textContent = confirmText;
  $("confirm-yes").textContent = confirmConfirm;
  $("confirm-no").textContent = confirmDeny;
  $("confirm").returnValue = "";
  $("confirm").showModal();
  return new Promise((done) => {
    $("confirm").addEventListener("close", () => done($("confirm").returnValue === "yes"), { once: true });
  });
}
