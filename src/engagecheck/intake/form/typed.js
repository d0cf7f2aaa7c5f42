// What a typed text means: a date, a number, a choice. The shapes of dates are those of the workbook and the prompts.
const dates = JSON.parse(document.getElementById("dates").textContent);
const NUMBER = /^[+-]?[0-9]{1,30}([.][0-9]{1,30})?$/;
const PERCENTAGE = /^(.*?)\s*(?:%|per ?cent)$/i;
const THOUSANDS = /^[0-9]{1,3}(,[0-9]{3})+$/;
const ISO_DATE = /^([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?$/;
const quotedText = (text) => `“${text}”`;

// The value that a typed text stands for, or what is wrong with it: {value} or {fault}.
function answerOf(question, text) {
  const plain = text.trim();
  if (plain === "" || plain.toLowerCase() === "not known") return { value: NO_VALUE };
  if (question.kind === "yes_no") return { value: plain === "yes" };
  const answer = question.kind === "ids" ? { value: idsTyped(plain) } : meaning(question, plain);
  const fault = answer.fault || faultOf(question, answer.value);
  return fault ? { fault } : answer;
}

function meaning(question, plain) {
  const word = Object.entries(question.words || {}).find((pair) => pair.some((one) => one.toLowerCase() === plain.toLowerCase()));
  if (word) return { value: word[0] };
  if (question.kind === "whole" || question.kind === "number") return numberTyped(question, plain);
  if (question.kind === "value") return { value: NUMBER.test(plain) ? Number(plain) : { yes: true, no: false }[plain.toLowerCase()] ?? plain };
  if (question.kind !== "date" && question.kind !== "day") return { value: plain };
  const value = dateTyped(plain);
  return value ? { value } : { fault: `${quotedText(plain)} is not a date: ${dateWanted(question)}` };
}

const idsTyped = (text) => text.split(/[,;]/).map((name) => name.trim()).filter(Boolean);

function numberTyped(question, plain) {
  const share = PERCENTAGE.exec(plain);
  if (share && question.unit !== "per cent") return { fault: `${quotedText(plain)} is a percentage: enter the number itself` };
  const digits = share ? share[1] : question.kind === "whole" && THOUSANDS.test(plain) ? plain.replaceAll(",", "") : plain;
  return NUMBER.test(digits) ? { value: Number(digits) } : { fault: `${quotedText(plain)} is not a number: enter digits, for example 400 or 2.5` };
}

// A date as people type it, as the profile writes it; "" if it is none, or can mean more than one.
function dateTyped(text) {
  const plain = text.replaceAll(",", " ").split(/\s+/).filter(Boolean).join(" ").replace(/[\u2010-\u2015\u2212]/g, "-").toLowerCase().replace(/(?<=[a-z])[.]/g, "");
  for (const [shape, order] of dates.shapes) {
    const found = new RegExp(`^(?:${shape})$`).exec(plain);
    if (!found) continue;
    const part = (name) => found[1 + order.indexOf(name)];
    const month = dates.months.findIndex((name) => part("m") && name.toLowerCase().startsWith(part("m")));
    const written = [yearTyped(part("y")), month < 0 ? part("m") : String(month + 1), order.includes("d") ? part("d") : ""];
    const value = written.filter(Boolean).map((one) => one.padStart(2, "0")).join("-");
    return isReal(value) ? value : "";
  }
  return "";
}

// Two digits can mean two centuries from 50 on.
const yearTyped = (digits) => (digits.length === 4 ? digits : Number(digits) < 50 ? `20${digits}` : "?");

function isReal(value) {
  const parts = ISO_DATE.exec(value);
  if (!parts) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2] || 1), Number(parts[3] || 1)];
  const real = new Date(Date.UTC(year, month - 1, day));
  return year >= 1850 && year <= 2199 && real.getUTCMonth() === month - 1 && real.getUTCDate() === day;
}

function dateWanted(question) {
  const month = question.kind === "day" ? "" : ", or March 2026 if you know only the month";
  return `enter a date like 31 March 2026${month}${Object.values(question.words || {}).map((label) => `, or “${label}”`).join("")}`;
}

function dateInWords(value) {
  const [year, month, day] = value.split("-");
  return [day && String(Number(day)), month && dates.months[Number(month) - 1], year].filter(Boolean).join(" ");
}

// What a file holds that is no answer, such as "four hundred" for a number: it stays as it was typed, to be corrected.
function adopt(question, pointer) {
  const value = valueAt(pointer);
  if (value === NO_VALUE) return;
  if (LEAF.has(question.kind)) {
    if (typeof value !== "string" || question.kind === "ids" || !faultOf(question, value)) return;
    const answer = answerOf(question, value);
    if (answer.fault) { typed.set(pointer, value); take(pointer); } else put(pointer, answer.value);
    return;
  }
  const within = (parts, where) => (parts || []).forEach((part) => adopt(part, below(where, part.name)));
  if (question.kind === "group") within(question.parts, pointer);
  else if (question.kind === "mapping") Object.keys(value).forEach((name) => within(question.parts, below(pointer, name)));
  else {
    within(question.about, pointer);
    entriesOf(question, pointer).forEach((_, place) => within(question.parts, below(entriesPointer(question, pointer), place)));
  }
}

// What was wrong may be right after another answer, such as a later date of the profile.
function settle() {
  for (const [pointer, text] of typed) {
    const answer = answerOf(placeOf(pointer).question, text);
    if (!answer.fault) { typed.delete(pointer); put(pointer, answer.value); }
  }
}
