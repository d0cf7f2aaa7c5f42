// What can be said against an answer while it is filled in. The audit checks all of it again, and more.
const LEAF = new Set(["yes_no", "choice", "whole", "number", "text", "date", "day", "ids", "value"]);

// What is wrong with a value, in one sentence; "" if nothing.
function faultOf(question, value) {
  const { kind } = question;
  if (kind === "whole" || kind === "number") {
    if (typeof value !== "number") return `${quotedText(value)} is not a number`;
    if (kind === "whole" && !Number.isInteger(value)) return `${value} is not a whole number`;
    if (value < question.minimum) return `${value} is too small: the least is ${question.minimum}`;
    if (value > question.maximum) return `${value} is too large: the most is ${question.maximum}`;
  } else if (kind === "date" || kind === "day") {
    return calendarFault(question, value);
  } else if (kind === "yes_no") {
    return typeof value === "boolean" ? "" : `${quotedText(value)} is neither yes nor no`;
  } else if (kind === "choice") {
    return Object.hasOwn(question.answers, value) || (question.pattern && new RegExp(question.pattern).test(value)) ? "" : `${quotedText(value)} is not one of the answers: choose from the list`;
  } else if (kind === "ids") {
    const known = (profile.evidence || []).map((item) => item && item.id);
    const unknown = Array.isArray(value) ? value.find((name) => !known.includes(name)) : value;
    return unknown === undefined ? "" : `No evidence is called ${quotedText(unknown)}: enter it in the evidence register first`;
  } else if (typeof value === "string") {
    if (question.maxLength && value.length > question.maxLength) return `This is too long: at most ${question.maxLength} characters`;
    if (question.pattern && !new RegExp(question.pattern).test(value)) return `${quotedText(value)} is not the right form. ${question.help}`;
  }
  return "";
}

function calendarFault(question, value) {
  if (question.words && Object.hasOwn(question.words, value)) return "";
  const parts = ISO_DATE.exec(value);
  if (!parts || !isReal(parts[0])) return `${quotedText(value)} is not a date: ${dateWanted(question)}`;
  const least = { day: 10, "past-year": 4 }[question.date] || 7;
  if (value.length < least) return `${quotedText(value)} is not exact enough: ${dateWanted(question)}`;
  const earliest = `${parts[1]}-${parts[2] || "01"}-${parts[3] || "01"}`;
  const asOf = profile.as_of;
  const late = question.past && typeof asOf === "string" && asOf.length === 10 && earliest > asOf;
  return late ? `This date, ${dateInWords(value)}, is after the profile date, ${dateInWords(asOf)}` : "";
}

// What is wrong with the last day of a period, by its first day in the same entry.
function periodFault(question, value, pointer) {
  const first = question.after && valueAt(below(pointer.slice(0, pointer.lastIndexOf("/")), question.after));
  if (!first || ![first, value].every((day) => day.length === 10 && isReal(day))) return "";
  if (value < first) return `This date, ${dateInWords(value)}, is before the first day, ${dateInWords(first)}`;
  const [year, month, day] = first.split("-").map(Number);
  const months = year * 12 + month - 1 + question["most-months"];
  const lastOfMonth = new Date(Date.UTC(Math.floor(months / 12), (months % 12) + 1, 0)).getUTCDate();
  const latest = new Date(Date.UTC(Math.floor(months / 12), months % 12, Math.min(day, lastOfMonth))).toISOString().slice(0, 10);
  return value > latest ? `At most ${question["most-months"]} months after ${dateInWords(first)} are allowed: enter ${dateInWords(latest)} or an earlier day` : "";
}

// Whether a value has another shape than its question: a text where a group is, or something that is no entry in a list.
function isMisshapen(question, value) {
  if (value === NO_VALUE || LEAF.has(question.kind)) return false;
  const isGroup = (one) => one !== null && typeof one === "object" && !Array.isArray(one);
  if (question.kind === "register") return !Array.isArray(value) || !value.every((entry) => isGroup(entry));
  if (!isGroup(value)) return true;
  if (question.kind === "list") {
    const entries = value.entries ?? [];
    return !Array.isArray(entries) || !entries.every((entry) => isGroup(entry) && !question.parts.some((part) => isMisshapen(part, entry[part.name])));
  }
  const members = question.kind === "mapping" ? Object.values(value).map((one) => ({ kind: "group", parts: question.parts, one })) : [];
  return members.some((member) => isMisshapen(member, member.one)) || (question.kind === "group" && question.parts.some((part) => isMisshapen(part, value[part.name])));
}

// What was typed at or below a pointer and is not right yet: [{pointer, message}].
const typedFaults = (pointer) => typedBelow(pointer).map((one) => ({ pointer: one, message: answerOf(placeOf(one).question, typed.get(one)).fault }));

const areInTotal = (count) => `${count === 1 ? "is" : "are"} ${count} in total`;

// Everything else that is wrong at and below a question, in the order of the page.
function faultsBelow(question, pointer) {
  const value = valueAt(pointer);
  if (value === NO_VALUE) return [];
  if (LEAF.has(question.kind)) {
    const message = faultOf(question, value) || periodFault(question, value, pointer);
    return message ? [{ pointer, message }] : [];
  }
  const found = [];
  const within = (parts, where) => parts.forEach((part) => found.push(...faultsBelow(part, below(where, part.name))));
  const needed = (where, inside) => (question.parts || []).filter((part) => part.needed && !holds(inside, part.name) && !typed.has(below(where, part.name)))
    .forEach((part) => found.push({ pointer: below(where, part.name), message: "This is always needed" }));
  within(question.about || [], pointer);
  if (question.kind === "group") {
    needed(pointer, value);
    within(question.parts || [], pointer);
    if (typeof value.count === "number" && typeof value.of === "number" && value.count > value.of) {
      found.push({ pointer: below(pointer, "count"), message: `You counted ${value.count} but said there ${areInTotal(value.of)}` });
    }
  } else if (question.kind === "mapping") {
    Object.keys(value).forEach((name) => within(question.parts, below(pointer, name)));
  } else {
    found.push(...entryFaults(question, pointer, needed, within));
  }
  return found;
}

function entryFaults(question, pointer, needed, within) {
  const found = [];
  const entries = entriesOf(question, pointer);
  const total = valueAt(below(pointer, "of"));
  const seen = new Set();
  if (typeof total === "number" && entries.length > total) found.push({ pointer: below(pointer, "of"), message: `You listed ${entries.length} but said there ${areInTotal(total)}` });
  entries.forEach((entry, place) => {
    const where = below(entriesPointer(question, pointer), place);
    if (isEntryLeftEmpty(entry)) return;
    needed(where, entry);
    within(question.parts, where);
    if (question.kind !== "register") return;
    if (seen.has(entry.id)) found.push({ pointer: below(where, "id"), message: "This short reference is used twice" });
    seen.add(entry.id);
  });
  return found;
}

// What is wrong with the remarks on the facts of a section: withheld and answered, or resting on evidence that is not there.
function besideFaults(section) {
  const withheld = Object.keys(valueAt(`/${section.name}/withheld`) || {});
  const cited = Object.entries(valueAt(`/${section.name}/evidence_for`) || {});
  return [
    ...["withheld", "evidence_for"].flatMap((kind) => typedFaults(`/${section.name}/${kind}`)),
    ...withheld.filter((name) => holds(profile[section.name], name))
      .map((name) => ({ pointer: `/${section.name}/withheld/${name}`, message: "This is withheld and answered. Remove one of the two" })),
    ...cited.map(([name, ids]) => ({ pointer: `/${section.name}/evidence_for/${name}`, message: faultOf(CITES, ids) })).filter((fault) => fault.message),
  ];
}
