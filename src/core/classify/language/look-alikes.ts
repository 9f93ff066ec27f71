/**
 * Letters of other scripts that look like Latin ones, folded so that a name cannot hide a verb behind them. One character
 * stays one character, so that what is found can be quoted from the text as it was written. The pairs are letters that
 * Unicode's confusables (UTS #39) map to one Latin letter, or that are drawn like one; full-width forms follow from their
 * code points, and bold, italic and the like from their compatibility decomposition.
 */
const PAIRS =
  'аa еe оo рp сc уy хx іi јj ѕs һh ԁd ԛq ԝw ѵv ӏl АA ВB ЕE КK МM НH ОO РP СC ТT ХX ІI ЈJ ЅS οo αa νv ιi ρp κk υu χx τt ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX ' +
  // Small capitals, phonetic letters, Roman numerals and Lisu.
  'ᴀa ʙb ᴄc ᴅd ᴇe ꜰf ɢg ʜh ɪi ᴊj ᴋk ʟl ᴍm ɴn ᴏo ᴘp ʀr ꜱs ᴛt ᴜu ᴠv ᴡw ʏy ᴢz ɑa ɡg ıi ɩi ʋv əe ɛe ⅰi ⅴv ⅹx ⅼl ⅽc ⅾd ⅿm ' +
  'ꓐB ꓑP ꓓD ꓔT ꓖG ꓗK ꓙJ ꓚC ꓜZ ꓝF ꓟM ꓠN ꓡL ꓢS ꓣR ꓦV ꓧH ꓪW ꓫX ꓬY ꓮA ꓰE ꓲI ꓳO ꓴU';

const LATIN = new Map(PAIRS.split(' ').map((pair) => [pair.charAt(0), pair.charAt(1)]));

const FULL_WIDTH_FROM = 0xff01;
const FULL_WIDTH_TO = 0xff5e;
const FULL_WIDTH_OFFSET = 0xfee0;

/** The same text with look-alikes as Latin letters, where Latin and another script stand in one word; else unchanged. */
export function foldLookAlikes(text: string): string {
  if (isBasicLatin(text) || !FOREIGN.test(text)) return text;
  return text.replace(/[\p{L}\p{M}\p{N}\u{1F130}-\u{1F189}]+/gu, (word) => (mayDeceive(word) ? fold(word) : word));
}

/** What words are made of besides basic Latin; most texts that hold more than that hold a dash or an arrow. */
const FOREIGN = /(?!\p{ASCII})[\p{L}\p{M}\p{N}\u{1F130}-\u{1F189}]/u;

/** A word all in Cyrillic or Greek is most likely a word of that language; one that folds to plain Latin is a disguise. */
function mayDeceive(word: string): boolean {
  return isBasicLatin(fold(word)) && !isBasicLatin(word);
}

/** Stands behind a letter that takes two code units, so that it still does. */
const FILLER = '\u115F';
/** Mathematical letters, and Latin ones in circles and squares. */
const MAY_BE_STYLED = /[\uD835\uD83C]/;
const STYLED = /[\u{1D400}-\u{1D7FF}\u{1F130}-\u{1F189}]/gu;

/** The same name with what no font shows between two letters filled in, so that it cannot cut a verb in two. */
export function fillInvisible(name: string): string {
  return isBasicLatin(name) ? name : name.replace(INVISIBLE, (hidden) => FILLER.repeat(hidden.length));
}
const INVISIBLE = /(?<=[A-Za-z])[\p{Cf}\p{Default_Ignorable_Code_Point}]+(?=[A-Za-z])/gu;

/** The text of a word without what `foldLookAlikes` put in to keep its length. */
export function withoutFillers(text: string): string {
  return text.includes(FILLER) ? text.replaceAll(FILLER, '') : text;
}

function fold(styled: string): string {
  const word = MAY_BE_STYLED.test(styled) ? styled.replace(STYLED, unstyled) : styled;
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

function unstyled(letter: string): string {
  const plain = letter.normalize('NFKD');
  return /^[A-Za-z]$/.test(plain) ? `${plain}${FILLER}` : letter;
}

function isBasicLatin(text: string): boolean {
  return BASIC_LATIN.test(text);
}
const BASIC_LATIN = /^[\p{ASCII}\u115F]*$/u;
