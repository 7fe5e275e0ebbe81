"use strict";
// The pages of the form: one question each, a look at the answers, and giving them back.

const form = JSON.parse(document.getElementById("form").textContent);
const asked = new Map(form.questions.map(one => [one.id, one]));
const place = document.getElementById("page");
const UNSURE = [["dont_know", "I don’t know"], ["declined", "I’d rather not say"]];
const BLOCK = 1024;
const SVG = new DOMParser().parseFromString("<svg>", "text/html").querySelector("svg").namespaceURI;
let answers = new Map();
let programme = null;
let last = "";

function made(tag, text = "", more = {}) {
  const node = document.createElement(tag);
  node.textContent = text;
  for (const [name, value] of Object.entries(more)) node.setAttribute(name, value);
  return node;
}

function button(text, then, kind = "") {
  const node = made("button", text, {type: "button"});
  if (kind) node.className = kind;
  node.addEventListener("click", then);
  return node;
}

function show(title, ...nodes) {
  const head = made("h1", title, {tabindex: "-1", id: "ask"});
  place.replaceChildren(head, ...nodes);
  window.scrollTo(0, 0);
  head.focus();
}

function list(items) {
  const node = made("ul");
  node.append(...items.map(one => made("li", one)));
  return node;
}

function begin() {
  const locked = window.isSecureContext && window.crypto && crypto.subtle;
  if (!locked) {
    show("This browser cannot lock your answers", made("p", "So nothing is asked here. Instead:"),
      list(form.words.instead));
    return;
  }
  show("Before your session",
    list(form.words.before),
    button("Begin", next, "main"));
}

// Goes to what comes now: the emergency page, a question, the exercises, or the answers.
function next() {
  if (stops(form, answers)) return emergency();
  const [first] = due(form, answers);
  if (first !== undefined) return question(first);
  const over = ended(form, answers).length > 0;
  return programme === null && !over ? exercises() : review();
}

function emergency() {
  const on = worked(form, answers);
  const helpers = form.helpers.filter(([wires]) => wires.some(wire => on[wire]));
  const how = helpers.length ? helpers.map(([, words]) => words) : [form.words.emergency];
  const numbers = form.words.numbers.filter(one => how.join(" ").match(`\\b${one}\\b`));
  const part = made("section", "", {class: "decision emergency"});
  part.append(
    ...numbers.map(one => made("a", `Call ${one}`, {class: "button call", href: `tel:${one}`})),
    ...how.map(one => made("p", one)), made("p", form.words.unseen));
  show("Stop. Get help now.", part,
    button("I tapped the wrong answer", () => question(last), "quiet"),
    button("I have help. Tell my trainer too", give));
}

function question(name) {
  const one = asked.get(name), given = answers.get(name);
  const say = value => {
    last = name;
    answers = taken(form, answers, name, value);
    next();
  };
  const choices = made("div", "", {class: "answers", role: "group", "aria-labelledby": "ask"});
  for (const [value, words] of [...one.answers, ...UNSURE]) {
    const node = button(words, () => say(value), value.match(/^(dont_know|declined)$/) && "unsure");
    if (value === given) {
      node.classList.add("given");
      node.append(made("span", " your answer", {class: "mark"}));
    }
    choices.append(node);
  }
  show(one.ask,
    ...(one.figure ? [figured(one.figure)] : []),
    ...(one.private ? [made("p", form.words.private, {class: "hint"})] : []),
    ...(one.span ? [amount(one, given, say)] : []),
    choices,
    ...(one.help ? [more("What does this mean?", made("p", one.help))] : []),
    steps(name));
  place.prepend(made("p", form.parts[one.part - 1], {class: "topic"}));
  place.append(made("p", `${answers.size} answered. Part ${one.part} of ${form.parts.length}.`,
    {class: "progress"}));
}

function figured(rows) {
  const node = made("div", "", {class: "figure"});
  node.append(drawn(rows));
  return node;
}

// Draws a figure from its rows: [tag, attributes, text or children], a path as [class, d].
function drawn(row) {
  const node = document.createElementNS(SVG, row.length === 2 ? "path" : row[0]);
  const more = row.length === 2 ? {class: row[0], d: row[1]} : row[1];
  for (const [name, value] of Object.entries(more)) node.setAttribute(name, value);
  if (Array.isArray(row[2])) node.append(...row[2].map(drawn));
  else if (row[2]) node.textContent = row[2];
  return node;
}

function exercises() {
  const part = made("form", "", {novalidate: ""});
  const field = made("textarea", "", {
    id: "exercises", rows: "6", maxlength: "4000", autocomplete: "off"});
  field.value = (programme || []).join("\n");
  part.append(made("label", form.words.lines, {for: "exercises"}), field,
    made("button", "Continue", {class: "main"}));
  part.addEventListener("submit", event => {
    event.preventDefault();
    const lines = field.value.split(/\r?\n/).map(one => one.replace(/[\p{C}\s]+/gu, " ").trim());
    programme = lines.filter(Boolean).slice(0, 40).map(one => one.slice(0, 120));
    review();
  });
  show(form.words.exercises, part, button("None", () => {
    programme = [];
    review();
  }), steps(""));
}

function amount(one, given, say) {
  const part = made("form", "", {novalidate: "", class: "amount"});
  const field = made("input", "", {
    id: "amount", inputmode: "numeric", autocomplete: "off", "aria-describedby": "problem"});
  if (Number.isInteger(given)) field.value = given;
  const problem = made("p", "", {id: "problem", class: "bad", role: "alert"});
  const go = made("button", "Continue", {class: "main"});
  part.append(made("label", one.span, {for: "amount"}), field, problem, go);
  part.addEventListener("submit", event => {
    event.preventDefault();
    const text = field.value.trim(), value = Number(text);
    if (/^\d{1,9}$/.test(text) && one.low <= value && value <= one.high) return say(value);
    problem.textContent = `A whole number is needed: ${one.span}.`;
    field.setAttribute("aria-invalid", "true");
    return field.focus();
  });
  return part;
}

function more(title, ...nodes) {
  const node = made("details");
  node.append(made("summary", title), ...nodes);
  return node;
}

function steps(name) {
  const before = [...answers.keys()];
  const at = answers.has(name) ? before.indexOf(name) : before.length;
  const nav = made("nav", "", {class: "steps", "aria-label": "Steps"});
  nav.append(
    button("Back", () => at > 0 ? question(before[at - 1]) : begin(), "quiet"),
    button("My answers, or stop here", review, "quiet"));
  return nav;
}

function said(one, value) {
  const [, words] = [...one.answers, ...UNSURE].find(([id]) => id === value) || [];
  return words || `${value} ${one.unit}`.trim();
}

function review() {
  const left = due(form, answers).length > 0;
  const rows = [...answers].map(([name, value]) => {
    const one = asked.get(name), row = made("li"), text = made("span", `${one.short}: `);
    const change = button("Change", () => question(name), "quiet");
    change.setAttribute("aria-label", `Change: ${one.short}`);
    text.append(made("strong", said(one, value)));
    row.append(text, change);
    return [one.private, row];
  });
  const of = wanted => {
    const node = made("ul", "", {class: "listed"});
    node.append(...rows.filter(([hidden]) => hidden === wanted).map(([, row]) => row));
    return node;
  };
  const hidden = rows.some(([one]) => one) ? [more("Private answers", of(true))] : [];
  const back = button("Lock them and give them back", give, left ? "" : "main");
  back.disabled = answers.size === 0;
  const over = left ? [] : ended(form, answers);
  show(over.length ? "Thank you. It ends here." : "Your answers",
    ...over.map(one => made("p", one)),
    ...(left ? [made("p", form.words.unfinished), button("Go on", next, "main")] : []),
    of(false), ...hidden, ...did(), made("p", form.words.locking, {class: "hint"}), back);
}

function did() {
  if (programme === null) return [];
  const node = made("ul", "", {class: "listed"}), row = made("li");
  const change = button("Change", exercises, "quiet");
  change.setAttribute("aria-label", "Change: exercises");
  row.append(made("span", `Exercises: ${programme.join(", ") || "none"}`), change);
  node.append(row);
  return [node];
}

// Returns what is locked: JSON filled up with spaces, so that its length says next to nothing.
function written() {
  const now = new Date(), two = number => String(number).padStart(2, "0");
  const on = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  const text = JSON.stringify(
    {form: 1, on, answers: Object.fromEntries(answers), programme: programme || []});
  const plain = [...new TextEncoder().encode(text)];
  while (plain.length % BLOCK) plain.push(32);
  return {on, plain};
}

function bytes(hex) {
  return hex.match(/../g).map(two => parseInt(two, 16));
}

async function give() {
  const {on, plain} = written();
  const info = [...latin(form.purpose), ...bytes(form.invitation), ...latin(form.knowledge)];
  let message;
  try {
    message = await sealed(await newPair(), bytes(form.key), info, plain);
  } catch {
    show("Your answers could not be locked", made("p", "Nothing was sent. Instead:"),
      list(form.words.instead), button("Back to my answers", review));
    return;
  }
  const all = [1, ...bytes(form.invitation), ...message.enc, ...message.sealed];
  const lines = btoa(String.fromCharCode(...all)).match(/.{1,64}/g);
  answers = new Map();
  programme = null;
  last = "";
  handed(on, [form.words.opens, ...lines, form.words.closes, ""].join("\n"));
}

function handed(on, text) {
  const area = made("textarea", "", {readonly: "", rows: "6", id: "text", spellcheck: "false"});
  area.value = text;
  const done = made("p", "", {role: "status"});
  const copy = button("Copy the text", async () => {
    area.select();
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      document.execCommand("copy");
    }
    done.textContent = "Copied. Paste it into a message to your trainer.";
  }, "main");
  const save = made("a", "Save as a file", {
    class: "button", download: `answers-${on}.screening`,
    href: URL.createObjectURL(new Blob([text], {type: "text/plain"}))});
  show("Send this to your trainer", list(form.words.after), copy, save, done,
    made("label", "The locked text", {for: "text"}), area);
}

begin();
