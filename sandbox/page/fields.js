// Keeps how what stands in a form's fields is told to the sandbox: in the plain forms that `sandbox.forms` reads.

export function valueOf(field) {
  const kind = field.dataset.kind;
  if ("value" in field.dataset) return field.dataset.value;
  if (field.matches(".choices")) {
    const chosen = [...field.querySelectorAll("input:checked")].map((tick) => tick.value);
    return kind === "radio_buttons" ? (chosen[0] ?? null) : chosen;
  }
  if (kind === "datetimepicker") return { local: field.value };
  if (kind.startsWith("multi_")) return [];
  return field.matches("input, select, textarea") ? field.value || null : null;
}

export function entered(container) {
  const found = {};
  for (const field of container.querySelectorAll("[data-kind]")) {
    if (!field.matches("input, select, textarea, .choices")) continue;
    (found[field.dataset.block] ??= {})[field.dataset.action] = valueOf(field);
  }
  return found;
}
