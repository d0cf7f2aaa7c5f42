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

// Put a value in its place, making the groups and lists around it; no value takes the fact out, and groups left empty by that.
function put(pointer, value) {
  if (value === NO_VALUE) return take(pointer);
  const steps = stepsOf(pointer);
  let holder = profile;
  steps.slice(0, -1).forEach((step, place) => {
    const isList = step === "entries" || (place === 0 && registers.has(step));
    if (!holds(holder, step)) holder[step] = isList ? [] : {};
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

// The document to save: as it is, without entries that were added and left empty, and what held nothing else.
function documentToSave() {
  const kept = (value) => {
    if (value === null || typeof value !== "object") return value;
    const isList = Array.isArray(value);
    const members = Object.entries(value).map(([name, member]) => [name, isEntryLeftEmpty(member) ? NO_VALUE : kept(member)]);
    const left = members.filter(([, member]) => member !== NO_VALUE);
    if (members.length && !left.length) return NO_VALUE;
    return isList ? left.map(([, member]) => member) : Object.fromEntries(left);
  };
  return kept(profile) || {};
}

const entriesPointer = (question, pointer) => (question.kind === "list" ? `${pointer}/entries` : pointer);
const entriesOf = (question, pointer) => {
  const found = valueAt(entriesPointer(question, pointer));
  return Array.isArray(found) ? found : [];
};

// A few words by which people know an entry.
function labelOf(entry, question, number) {
  const name = ["name", "post", "role", "title", "division", "fact", "instrument", "on"].find((one) => typeof entry[one] === "string");
  const answers = question.parts.find((part) => part.name === name)?.answers || {};
  return `${number}. ${name ? answers[entry[name]] || entry[name] : question.title}`;
}
