import { XMLParser } from 'fast-xml-parser';

/** An element: its attributes and children by name, children always as lists, text under `#text`. */
export interface XmlElement {
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: (name: string) => readonly XmlElement[];
  readonly text: string;
}

const parser = new XMLParser({ ignoreAttributes: false, attributesGroupName: '@', attributeNamePrefix: '', parseTagValue: false, parseAttributeValue: false, removeNSPrefix: true, alwaysCreateTextNode: true, isArray: (_name, _path, _leaf, isAttribute) => !isAttribute });

/** The root element of that name; undefined where the text is no XML or has none. */
export function parseXml(text: string, root: string): XmlElement | undefined {
  try {
    return element({ [root]: (parser.parse(text) as Record<string, unknown>)[root] }).children(root)[0];
  } catch {
    return undefined;
  }
}

function element(node: Readonly<Record<string, unknown>>): XmlElement {
  return {
    attributes: (node['@'] ?? {}) as Record<string, string>,
    children: (name) => {
      const found = node[name];
      return Array.isArray(found) ? found.filter((child): child is Record<string, unknown> => typeof child === 'object' && child !== null).map(element) : [];
    },
    text: typeof node['#text'] === 'string' ? node['#text'].trim() : '',
  };
}
