// Keeps how new HTML takes the place of old, element by element, so that focus, caret, scroll position and
// half-typed words survive. Elements are the same when their ids are.

const same = (now, next) =>
  now.nodeType === next.nodeType &&
  now.nodeName === next.nodeName &&
  (now.id || "") === (next.id || "") &&
  // Another question in the same place must not inherit what was typed for the one before.
  now.dataset?.block === next.dataset?.block &&
  now.dataset?.action === next.dataset?.action;

function morph(now, next) {
  if (!same(now, next)) {
    now.replaceWith(next);
  } else if (now.nodeType === Node.TEXT_NODE) {
    if (now.data !== next.data) now.data = next.data;
  } else if (now.nodeType === Node.ELEMENT_NODE) {
    morphElement(now, next);
  }
}

function morphElement(now, next) {
  const touched = isTouched(now);
  for (const { name } of [...now.attributes]) {
    if (!next.hasAttribute(name) && name !== "open") now.removeAttribute(name);
  }
  for (const { name, value } of next.attributes) {
    if (now.getAttribute(name) !== value) now.setAttribute(name, value);
  }
  if (now.nodeName === "TEXTAREA") now.defaultValue = next.defaultValue;
  else morphChildren(now, next);
  // A field follows the server until somebody has touched it; then what they entered stays, as in Slack.
  if (!touched) reset(now);
}

const ticks = (field) => field.matches("input[type=radio], input[type=checkbox]");
const atFirst = (menu) => [...menu.options].find((option) => option.defaultSelected) ?? menu.options[0];

function isTouched(field) {
  if (field.matches("select")) return field.selectedOptions[0] !== atFirst(field);
  if (ticks(field)) return field.checked !== field.defaultChecked;
  return field.matches("input, textarea") && field.value !== field.defaultValue;
}

function reset(field) {
  if (field.matches("select") && field.options.length) atFirst(field).selected = true;
  else if (ticks(field)) field.checked = field.defaultChecked;
  else if (field.matches("input, textarea") && field.value !== field.defaultValue) field.value = field.defaultValue;
}

export function morphChildren(now, next) {
  const staying = new Set([...next.children].map((child) => child.id).filter(Boolean));
  let here = now.firstChild;
  const skipGone = () => {
    while (here && here.id && !staying.has(here.id)) {
      const gone = here;
      here = here.nextSibling;
      gone.remove();
    }
  };
  for (const want of [...next.childNodes]) {
    skipGone();
    const found = want.id ? [...now.children].find((child) => child.id === want.id) : here && !here.id ? here : null;
    if (found && found === here) here = here.nextSibling;
    else if (found) now.insertBefore(found, here);
    if (found) morph(found, want);
    else now.insertBefore(want, here);
  }
  while (here) {
    const gone = here;
    here = here.nextSibling;
    gone.remove();
  }
}
