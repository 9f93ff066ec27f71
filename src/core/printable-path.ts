/** Who works here is nobody's business: the home folder is shown as `~`. */

export function printablePath(path: string, home: string): string {
  const folder = trimmed(home);
  if (folder === '' || !path.startsWith(folder)) return path;
  const rest = path.slice(folder.length);
  return rest === '' || /^[\\/]/.test(rest) ? `~${rest}` : path;
}

/** The same wherever the home folder appears in a text, however its separators are written. */
export function withoutHome(text: string, home: string): string {
  const folder = trimmed(home);
  if (folder === '') return text;
  const separated = folder.split(/[\\/]/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const isWindows = /^[A-Za-z]:/.test(folder);
  return text.replace(
    new RegExp(`(?<![\\w.-])${separated.join('(?:\\\\{1,2}|/)')}(?![\\w.-])`, isWindows ? 'gi' : 'g'),
    () => '~',
  );
}

const trimmed = (home: string): string => home.replace(/[\\/]+$/, '');
