import { type ParseError, printParseErrorCode } from 'jsonc-parser';
import { BYTE_ORDER_MARK, type PayloadDocument } from '../payloadDocument';
import { RuleId } from '../ruleCatalog';
import { type Problem, quote, type Rule } from './rule';

/** Nothing but white space. */
export const empty: Rule = ({ text }) =>
  text.trim() === ''
    ? [
        {
          rule: RuleId.empty,
          offset: 0,
          length: text.length,
          message: 'The payload is empty. Start with {} and a call id, or insert one of the templates.',
        },
      ]
    : [];

/** A byte order mark at the start. */
export const byteOrderMark: Rule = ({ text }) =>
  text.startsWith(BYTE_ORDER_MARK)
    ? [
        {
          rule: RuleId.byteOrderMark,
          offset: 0,
          length: 1,
          message:
            'The file starts with a byte order mark, and its three bytes go out with the payload. JSON parsers may refuse it: save the file as UTF-8 without BOM.',
        },
      ]
    : [];

/** Everything that strict JSON does not allow, without the mere consequences of a mistake already named. */
export const syntax: Rule = (document) => {
  if (document.text.trim() === '') return [];
  return document.syntaxErrors
    .filter((error, index) => !isConsequence(document.text, error, document.syntaxErrors[index - 1]))
    .map((error) => syntaxProblem(document, error));
};

function isConsequence(text: string, error: ParseError, previous: ParseError | undefined): boolean {
  if (!previous) return false;
  if (previous.offset === error.offset) return true;
  const previousName = printParseErrorCode(previous.error);
  // The parser complains of a missing value after every missing key, and of a missing key or value after every wrong symbol.
  if (previousName === 'PropertyNameExpected') return printParseErrorCode(error.error) === 'ValueExpected';
  return previousName === 'InvalidSymbol' && text.slice(previous.offset + previous.length, error.offset).trim() === '';
}

function syntaxProblem({ text }: PayloadDocument, error: ParseError): Problem {
  const message = syntaxMessage(text, error);
  if (error.length > 0) return { rule: RuleId.syntax, offset: error.offset, length: error.length, message };
  // What is missing at the end of the file is shown at the last character there is.
  return { rule: RuleId.syntax, offset: Math.max(0, text.trimEnd().length - 1), length: 1, message };
}

function syntaxMessage(text: string, error: ParseError): string {
  const found = text.slice(error.offset, error.offset + error.length);
  const name = printParseErrorCode(error.error);
  if (isAfterComma(text, error) && (found === '}' || found === ']')) {
    return `The comma before "${found}" is one too many. JSON allows no trailing comma.`;
  }
  if (name === 'InvalidSymbol') return symbolMessage(found);
  return SYNTAX_MESSAGES[name];
}

function symbolMessage(found: string): string {
  if (found.startsWith("'")) return 'JSON puts strings and keys in double quotes, not single ones.';
  return `${quote(found)} is not JSON. Texts need double quotes; other values are numbers, true, false, null, objects and arrays.`;
}

function isAfterComma(text: string, { offset }: ParseError): boolean {
  let before = offset - 1;
  while (/\s/.test(text.charAt(before))) before--;
  return text.charAt(before) === ',';
}

const SYNTAX_MESSAGES: { readonly [N in ReturnType<typeof printParseErrorCode>]: string } = {
  InvalidSymbol: 'This is not JSON.',
  InvalidNumberFormat: 'This is not a JSON number.',
  PropertyNameExpected: 'A key in double quotes belongs here.',
  ValueExpected: 'A value is missing here.',
  ColonExpected: 'A colon is missing after the key.',
  CommaExpected: 'A comma is missing before this.',
  CloseBraceExpected: 'The object is not closed: a "}" is missing.',
  CloseBracketExpected: 'The array is not closed: a "]" is missing.',
  EndOfFileExpected: 'The payload ends before this: only one JSON value is allowed.',
  InvalidCommentToken: 'JSON has no comments. Take it out: the text goes out as it is.',
  UnexpectedEndOfComment: 'JSON has no comments, and this one is not closed.',
  UnexpectedEndOfString: 'The string is not closed: a double quote is missing on this line.',
  UnexpectedEndOfNumber: 'The number breaks off.',
  InvalidUnicode: 'A \\u escape needs four hexadecimal digits.',
  InvalidEscapeCharacter: 'JSON has no such escape. Write a backslash as \\\\.',
  InvalidCharacter: 'A control character must be written as an escape inside a string, for example \\t.',
  '<unknown ParseErrorCode>': 'This is not JSON.',
};
