// The words around a field.

/** What ties a field to its label, hint and error. */
function describedBy(context) {
  const { ids } = context;
  if (!ids) return {};
  return {
    "aria-labelledby": ids.label,
    "aria-describedby": `${ids.error} ${ids.hint}`,
    "aria-required": context.required ? "true" : null,
  };
}

/** The name of an element that stands alone in a section or actions block. */
function standaloneLabel(element, fallback) {
  return { "aria-label": element.accessibility_label ?? element.placeholder?.text ?? fallback };
}

/** The attributes that name a field, whether it stands in an input block or alone. */
export function naming(element, context, fallback) {
  return context.ids ? describedBy(context) : standaloneLabel(element, fallback);
}
