/** Addresses as the webview may load them. */
export interface TimelineResources {
  readonly script: string;
  readonly style: string;
  /** The webview's own origin for `Content-Security-Policy`. */
  readonly cspSource: string;
  /** Fresh for each page. */
  readonly nonce: string;
}

/** The page of the timeline: no data in it, everything comes by message. */
export function timelineHtml({ script, style, cspSource, nonce }: TimelineResources): string {
  const policy = [
    "default-src 'none'",
    `style-src ${cspSource}`,
    `script-src 'nonce-${nonce}'`,
    `font-src ${cspSource}`,
    `img-src ${cspSource}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="UTF-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <meta name="viewport" content="width=device-width, initial-scale=1.0">
  <link rel="stylesheet" href="${style}">
  <title>VoIP Push Timeline</title>
</head>
<body>
  <div id="timeline"></div>
  <script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}
