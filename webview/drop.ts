import { DROP_LIMITS, type DroppedFile, type FromTimeline } from '../src/protocol';
import { html } from './dom';

type Dropped = Extract<FromTimeline, { readonly type: 'drop' }>;

/** What VS Code's explorer drags, and what other programs do. */
const URI_LISTS = ['application/vnd.code.uri-list', 'text/uri-list'] as const;

/**
 * Takes files that are dropped on the page, and says so while they are dragged over it. VS Code lets a page see a drag
 * only while Shift is held; files can be opened with a command, too.
 */
export function watchDrops(root: HTMLElement, onDrop: (dropped: Dropped) => void): void {
  const hint = html('div', 'dropHint', html('p', '', 'Drop to read logs, crash reports and recordings'));
  hint.role = 'status';
  hint.hidden = true;
  root.append(hint);
  // Entering a child comes before leaving its parent.
  let depth = 0;

  function becomeDepth(next: number): void {
    depth = Math.max(next, 0);
    hint.hidden = depth === 0;
  }

  window.addEventListener('dragenter', (event) => {
    if (hasFiles(event)) becomeDepth(depth + 1);
  });
  window.addEventListener('dragleave', (event) => {
    if (hasFiles(event)) becomeDepth(depth - 1);
  });
  window.addEventListener('dragover', (event) => {
    if (!hasFiles(event) || event.dataTransfer === null) return;
    // Otherwise the page would be replaced by the file.
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
  });
  window.addEventListener('drop', (event) => {
    if (!hasFiles(event) || event.dataTransfer === null) return;
    event.preventDefault();
    becomeDepth(0);
    void droppedFrom(event.dataTransfer).then((dropped) => {
      if (dropped.uris.length + dropped.files.length > 0) onDrop(dropped);
    });
  });
}

function hasFiles({ dataTransfer }: DragEvent): boolean {
  return [...URI_LISTS, 'Files'].some((type) => dataTransfer?.types.includes(type) === true);
}

async function droppedFrom(transfer: DataTransfer): Promise<Dropped> {
  // Everything has to be taken before the event is over.
  const list = URI_LISTS.map((type) => transfer.getData(type)).find((text) => text !== '') ?? '';
  const files = [...transfer.files].slice(0, DROP_LIMITS.files);
  const uris = uriList(list);
  // The extension reads a file that it has an address of by itself, however large it is.
  if (uris.length > 0) return { type: 'drop', uris, files: [] };
  return { type: 'drop', uris, files: await Promise.all(files.map(readFile)) };
}

/** `text/uri-list` has an address a line, and comments: https://www.rfc-editor.org/rfc/rfc2483#section-5 */
function uriList(text: string): readonly string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .slice(0, DROP_LIMITS.files);
}

async function readFile(file: File): Promise<DroppedFile> {
  const { name, size } = file;
  if (size > DROP_LIMITS.bytes) return { name, problem: 'too-large' };
  try {
    return { name, text: await file.text() };
  } catch {
    // A folder, or a file that went away.
    return { name, problem: 'unreadable' };
  }
}
