import type { Home } from './home.ts';

const withDefault = (variable: string, folder: string): string => `\${${variable}:-${folder}}`;

const APPLICATION_SETTINGS = {
  linux: withDefault('XDG_CONFIG_HOME', '~/.config'),
  mac: '~/Library/Application Support',
  windows: withDefault('APPDATA', '~/AppData/Roaming'),
};

const VARIABLE = /^\$\{(\w+)(?::-([^}]*))?\}/;

/**
 * A path of the catalog on one machine; null where it begins with a variable that has no value. `<settings>` is where
 * applications of the system keep theirs, `~` the home, `${NAME:-default}` a variable, which counts only where it is an
 * absolute path.
 */
export function expandPath(written: string, home: Home): string | null {
  const path = written.replace(/^<settings>/, () => APPLICATION_SETTINGS[home.system]);
  const [variable, name, fallback] = VARIABLE.exec(path) ?? [];
  if (variable !== undefined) {
    const value = home.env?.[name ?? ''];
    const start = value !== undefined && isAbsolute(value) ? value : fallback;
    if (start === undefined) return null;
    return (start === value ? start : expandPath(start, home)) + path.slice(variable.length);
  }
  if (/^~(?:\/|$)/.test(path)) return home.folder + path.slice(1);
  return isAbsolute(path) ? home.root + path : path;
}

function isAbsolute(path: string): boolean {
  return /^(?:\/|[A-Za-z]:[\\/]|\\\\)/.test(path);
}
