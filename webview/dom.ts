const SVG_NAMESPACE = 'http://www.w3.org/2000/svg';

/** An HTML element with a class and, as text only, its content. */
export function html<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className = '',
  ...content: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (className !== '') element.className = className;
  element.append(...content);
  return element;
}

/** An SVG element with attributes. */
export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string | number>>,
  ...content: readonly (Node | string)[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG_NAMESPACE, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...content);
  return element;
}

/** Text from outside: set apart from its surroundings whatever its direction, cut with an ellipsis, whole in the tooltip. */
export function foreignText(className: string, text: string): HTMLElement {
  const element = html('span', `${className} foreign`);
  setForeignText(element, text);
  return element;
}

/** Changes the text made by `foreignText`. */
export function setForeignText(element: HTMLElement, text: string): void {
  element.dir = 'auto';
  setText(element, text);
  element.title = text;
}

/** Sets text only when it differs: what does not change is not drawn or announced again. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
