// The profile while it is filled in: the very JSON document, changed one fact at a time. What has no question stays untouched.
const asked = JSON.parse(document.getElementById("questions").textContent);
const registers = new Set(asked.filter((question) => question.kind === "register").map((question) => question.name));
let profile = JSON.parse(document.getElementById("profile").textContent);
const typed = new Map(); // what was typed and is no answer yet, by pointer; it is kept, and not in the profile
const fresh = new WeakSet(); // entries added here; they are dropped again if nothing was filled in
const NO_VALUE = undefined;

const stepsOf = (pointer) => pointer.split("/").slice(1).map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
const below = (pointer, name) => `${pointer}/${String(name).replaceAll("~", "~0").replaceAll("/", "~1")}`;
const holds = (value, step) => value !== null && typeof value === "object" && Object.hasOwn(value, step);

function valueAt(pointer) {
  let value = profile;
  for (const step of stepsOf(pointer)) {
    if (!holds(value, step)) return NO_VALUE;
    value = value[step];
  }
  return value;
}

const isListAt = (pointer) => pointer.endsWith("/entries") || registers.has(pointer.slice(1));

// Put a value in its place, making the groups and lists around it; no value takes the fact out, and groups left empty by that.
function put(pointer, value) {
  if (value === NO_VALUE) return take(pointer);
  const steps = stepsOf(pointer);
  let holder = profile;
  steps.slice(0, -1).forEach((step, place) => {
    if (!holds(holder, step)) holder[step] = isListAt(`/${steps.slice(0, place + 1).join("/")}`) ? [] : {};
    holder = holder[step];
  });
  holder[steps.at(-1)] = value;
}

function take(pointer) {
  const steps = stepsOf(pointer);
  const path = [profile];
  for (const step of steps.slice(0, -1)) {
    if (!holds(path.at(-1), step)) return;
    path.push(path.at(-1)[step]);
  }
  for (let place = path.length - 1; place >= 0; place -= 1) {
    const holder = path[place];
    if (Array.isArray(holder)) {
      if (place < path.length - 1) return; // an entry stays until it is removed as one
      holder.splice(Number(steps[place]), 1);
    } else {
      delete holder[steps[place]];
    }
    const isEmpty = Array.isArray(holder) ? holder.length === 0 : Object.keys(holder).length === 0;
    if (!isEmpty || place === 0 || Array.isArray(path[place - 1])) return;
  }
}

function isEntryLeftEmpty(value) {
  return value !== null && typeof value === "object" && fresh.has(value) && Object.keys(value).length === 0;
}

const typedBelow = (pointer) => [...typed.keys()].filter((one) => one === pointer || one.startsWith(`${pointer}/`));

// The document to save, without entries that were added and left empty, and what held nothing else. With what was typed and is
// not right yet, or without it.
function documentToSave(withTyped) {
  const typedAt = (where) => (withTyped ? typedBelow(where) : []);
  const kept = (value, at) => {
    if (value === null || typeof value !== "object") return value;
    const isList = Array.isArray(value);
    const names = new Set([...Object.keys(value), ...typedAt(at).map((one) => stepsOf(one.slice(at.length))[0])]);
    const members = [...names].map((name) => {
      const where = below(at, name);
      if (withTyped && typed.has(where)) return [name, asTyped(where)];
      const member = holds(value, name) ? value[name] : isListAt(where) ? [] : {};
      return [name, isEntryLeftEmpty(member) && !typedAt(where).length ? NO_VALUE : kept(member, where)];
    });
    const left = members.filter(([, member]) => member !== NO_VALUE);
    if (members.length && !left.length) return NO_VALUE;
    return isList ? left.map(([, member]) => member) : Object.fromEntries(left);
  };
  return kept(profile, "") || {};
}

// What was typed, as it goes into the file: a text, or the ids that it lists.
function asTyped(pointer) {
  const text = typed.get(pointer);
  return placeOf(pointer).question.kind === "ids" ? idsTyped(text) : text;
}

// The question at a pointer, and the words by which a person finds it: "Chief executive, holders 2: from when?"
function placeOf(pointer) {
  let question = { parts: asked };
  const names = [];
  for (const step of stepsOf(pointer)) {
    if (step === "withheld") question = { ...question, held: WITHHELD };
    else if (step === "evidence_for") question = { ...question, held: CITES };
    else if (/^[0-9]+$/.test(step)) names.push(`${names.pop()} ${Number(step) + 1}`);
    else if (step !== "entries") {
      const part = [...(question.about || []), ...(question.parts || [])].find((one) => one.name === step);
      names.push(part ? part.title : step);
      const { held } = question;
      question = part || question;
      if (held) { names.push(held.text); question = held; }
    }
  }
  if (LEAF.has(question.kind) && question.text !== names.at(-1)) names.splice(-1, 1, question.text);
  return { question, name: names.length > 1 ? names.slice(1).join(": ") : names[0] };
}

const entriesPointer = (question, pointer) => (question.kind === "list" ? `${pointer}/entries` : pointer);
const entriesOf = (question, pointer) => {
  const found = valueAt(entriesPointer(question, pointer));
  return Array.isArray(found) ? found : [];
};

// A few words by which people know an entry.
function labelOf(entry, question, number) {
  const name = ["criterion", "name", "post", "role", "title", "division", "fact", "instrument", "on"].find((one) => typeof entry[one] === "string");
  const answers = question.parts.find((part) => part.name === name)?.answers || {};
  return `${number}. ${name ? answers[entry[name]] || entry[name] : question.title}`;
}
