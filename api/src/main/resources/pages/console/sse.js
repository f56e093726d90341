// Server-sent events out of a byte stream, read with fetch because EventSource can't send an Authorization header.

const LINE_CHARS_MAX = 1 << 20;

// Yields {id, type, data} for each block; data is null where a block only moves the place on.
export async function* events(stream) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  let block = {};
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      rest += next.value;
      if (rest.length > LINE_CHARS_MAX && !rest.includes('\n')) {
        throw new Error('a line of the stream is too long');
      }
      const lines = rest.split('\n');
      rest = lines.pop();
      for (const line of lines) {
        if (line === '' || line === '\r') {
          yield {id: block.id ?? null, type: block.event ?? 'message', data: block.data ?? null};
          block = {};
        } else {
          add(block, line.endsWith('\r') ? line.slice(0, -1) : line);
        }
      }
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

function add(block, line) {
  const colon = line.indexOf(':');
  if (colon === 0) {
    return;
  }
  const name = colon < 0 ? line : line.slice(0, colon);
  const value = colon < 0 ? '' : line.slice(colon + (line[colon + 1] === ' ' ? 2 : 1));
  block[name] = name === 'data' && block.data !== undefined ? `${block.data}\n${value}` : value;
}
