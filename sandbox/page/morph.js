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
  const before = given(now);
  for (const { name } of [...now.attributes]) {
    if (!next.hasAttribute(name) && name !== "open") now.removeAttribute(name);
  }
  for (const { name, value } of next.attributes) {
    if (now.getAttribute(name) !== value) now.setAttribute(name, value);
  }
  if (now.nodeName === "TEXTAREA") now.defaultValue = next.defaultValue;
  else morphChildren(now, next);
  // What the server gave anew wins; what a person has entered meanwhile stays.
  if (before !== given(now)) now.matches("select") ? resetMenu(now) : resetBox(now);
}

function given(field) {
  if (field.matches("select")) return [...field.options].map((o) => o.value + (o.defaultSelected ? "*" : "")).join("\n");
  if (field.matches("input[type=radio], input[type=checkbox]")) return String(field.defaultChecked);
  return field.matches("input, textarea") ? field.defaultValue : "";
}

function resetMenu(menu) {
  for (const option of menu.options) option.selected = option.defaultSelected;
}

function resetBox(box) {
  if (box.matches("input[type=radio], input[type=checkbox]")) box.checked = box.defaultChecked;
  else box.value = box.defaultValue;
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
