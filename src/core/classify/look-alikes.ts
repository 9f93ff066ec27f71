/**
 * Letters of other scripts that look like Latin ones, folded so that a name cannot hide a verb behind them. One character
 * stays one character, so that what is found can be quoted from the text as it was written. The pairs are Cyrillic and
 * Greek letters that Unicode's confusables (UTS #39) map to one Latin letter; full-width forms follow from their code points.
 */
const PAIRS =
  'аa еe оo рp сc уy хx іi јj ѕs һh ԁd ԛq ԝw ѵv ӏl АA ВB ЕE КK МM НH ОO РP СC ТT ХX ІI ЈJ ЅS οo αa νv ιi ρp κk υu χx τt ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX';

const LATIN = new Map(PAIRS.split(' ').map((pair) => [pair.charAt(0), pair.charAt(1)]));

const FULL_WIDTH_FROM = 0xff01;
const FULL_WIDTH_TO = 0xff5e;
const FULL_WIDTH_OFFSET = 0xfee0;

/** The same text with look-alikes as Latin letters, where Latin and another script stand in one word; else unchanged. */
export function foldLookAlikes(text: string): string {
  if (isBasicLatin(text)) return text;
  return text.replace(/[\p{L}\p{M}\p{N}]+/gu, (word) => (mayDeceive(word) ? fold(word) : word));
}

/** A word all in Cyrillic or Greek is most likely a word of that language; one that folds to plain Latin is a disguise. */
function mayDeceive(word: string): boolean {
  return isBasicLatin(fold(word)) && !isBasicLatin(word);
}

function fold(word: string): string {
  let folded = '';
  for (let at = 0; at < word.length; at++) {
    const code = word.charCodeAt(at);
    const isFullWidth = code >= FULL_WIDTH_FROM && code <= FULL_WIDTH_TO;
    folded += isFullWidth
      ? String.fromCharCode(code - FULL_WIDTH_OFFSET)
      : (LATIN.get(word.charAt(at)) ?? word.charAt(at));
  }
  return folded;
}

function isBasicLatin(text: string): boolean {
  return BASIC_LATIN.test(text);
}
const BASIC_LATIN = /^\p{ASCII}*$/u;
