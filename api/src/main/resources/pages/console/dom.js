// Elements, made and found. Text goes in as text: nothing that a server sent is ever read as markup.

export function by(id) {
  return document.getElementById(id);
}

export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...children.filter(child => child !== null && child !== undefined));
  return element;
}

export function row(...cells) {
  return el('tr', {}, ...cells.map(cell => (cell instanceof HTMLTableCellElement ? cell : el('td', {}, cell))));
}

export function number(content) {
  return el('td', {class: 'number'}, content);
}
