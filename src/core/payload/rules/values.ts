import type { Node } from 'jsonc-parser';
import type { PayloadDocument } from '../payloadDocument';
import { RuleId } from '../ruleCatalog';
import { isHighSurrogate, isLowSurrogate } from '../utf8';
import { type Problem, quote, type Rule } from './rule';

/** Numbers that do not survive floating point. */
export const number: Rule = (document) =>
  document.nodes.filter((node) => node.type === 'number').flatMap((node) => numberProblems(document, node));

function numberProblems({ text }: PayloadDocument, { offset, length }: Node): readonly Problem[] {
  const written = text.slice(offset, offset + length);
  const place = { rule: RuleId.number, offset, length };
  if (!Number.isFinite(Number(written))) {
    const message =
      'No floating-point number is that large. JSON parsers refuse it or read infinity: send it as a string.';
    return [{ ...place, severity: 'error', message }];
  }
  // `12345678901234567890`: an integer without fraction or exponent.
  if (!/^-?\d+$/.test(written) || Number.isSafeInteger(Number(written))) return [];
  const message = `${quote(written)} lies beyond 2^53: JavaScript, Dart and other parsers lose its last digits. Send it as a string.`;
  return [{ ...place, message }];
}

/** Halves of surrogate pairs, as escapes and raw. */
export const loneSurrogate: Rule = ({ text, nodes }) => [
  ...rawSurrogates(text),
  ...nodes
    .filter((node) => node.type === 'string')
    .flatMap(({ offset, length }) => escapedSurrogates(text.slice(offset, offset + length), offset)),
];

function rawSurrogates(text: string): readonly Problem[] {
  const lone = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
  return [...text.matchAll(lone)].map(({ index }) => ({
    rule: RuleId.loneSurrogate,
    offset: index,
    length: 1,
    message:
      'Half a surrogate pair stands here. UTF-8 cannot carry it: the replacement character U+FFFD goes out instead.',
  }));
}

function escapedSurrogates(literal: string, offset: number): readonly Problem[] {
  const problems: Problem[] = [];
  let high: number | undefined;
  // `\ud83d\ude00` is a pair; a backslash before a backslash starts no escape: `\\ud83d`.
  for (const { index, 1: digits } of literal.matchAll(/\\(?:u([0-9a-f]{4})|.)/gis)) {
    const unit = digits === undefined ? 0 : Number.parseInt(digits, 16);
    const completesPair = isLowSurrogate(unit) && high === index - 6;
    if (high !== undefined && !completesPair) problems.push(escapeProblem(literal, offset, high));
    if (isLowSurrogate(unit) && !completesPair) problems.push(escapeProblem(literal, offset, index));
    high = isHighSurrogate(unit) ? index : undefined;
  }
  return high === undefined ? problems : [...problems, escapeProblem(literal, offset, high)];
}

function escapeProblem(literal: string, offset: number, index: number): Problem {
  return {
    rule: RuleId.loneSurrogate,
    offset: offset + index,
    length: 6,
    message: `${literal.slice(index, index + 6)} is half a surrogate pair without its other half. A JSON parser may refuse the whole payload for it.`,
  };
}
