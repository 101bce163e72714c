import type { ApnsEnvironment } from '../apns/environment';
import { childrenOf, type DerNode, oidOf, readDer, textOf } from './der';

/** What Apple's extensions of a push certificate say. */
export interface PushCertificateExtensions {
  /** Empty when the certificate names none. */
  readonly environments: readonly ApnsEnvironment[];
  /** The listed topics; empty when there is no list. */
  readonly topics: readonly string[];
  readonly hasVoipServices: boolean;
}

// Apple's extensions, 1.2.840.113635.100.6.3.*, listed in section 4.11.10 and on of
// https://images.apple.com/certificateauthority/pdf/Apple_WWDR_CPS_v1.22.pdf
const DEVELOPMENT = '1.2.840.113635.100.6.3.1';
const PRODUCTION = '1.2.840.113635.100.6.3.2';
const VOIP_SERVICES = '1.2.840.113635.100.6.3.4';
const TOPIC_LIST = '1.2.840.113635.100.6.3.6';

/** Reads them from a certificate in DER; what cannot be read counts as missing. */
export function pushCertificateExtensions(certificate: Uint8Array): PushCertificateExtensions {
  const extensions = extensionsOf(certificate);
  return {
    environments: [
      ...(extensions.has(DEVELOPMENT) ? (['sandbox'] as const) : []),
      ...(extensions.has(PRODUCTION) ? (['production'] as const) : []),
    ],
    topics: topicsOf(extensions.get(TOPIC_LIST)),
    hasVoipServices: extensions.has(VOIP_SERVICES),
  };
}

const CONTEXT_3 = 0xa3;
const OBJECT_IDENTIFIER = 0x06;
const OCTET_STRING = 0x04;

/** Certificate → tbsCertificate → [3] extensions → SEQUENCE of { OID, critical?, OCTET STRING }. RFC 5280, 4.1. */
function extensionsOf(certificate: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const [tbsCertificate] = childrenOf(readDer(certificate));
  const wrapper = childrenOf(tbsCertificate).find(({ tag }) => tag === CONTEXT_3);
  const [list] = childrenOf(wrapper);
  return new Map(
    childrenOf(list).flatMap((extension): [string, Uint8Array][] => {
      const parts = childrenOf(extension);
      const id = parts.find(({ tag }) => tag === OBJECT_IDENTIFIER);
      const value = parts.find(({ tag }) => tag === OCTET_STRING);
      return id === undefined ? [] : [[oidOf(id), value?.content ?? new Uint8Array()]];
    }),
  );
}

/** SEQUENCE { "com.example.app", SEQUENCE { "app" }, "com.example.app.voip", SEQUENCE { "voip" }, … } */
function topicsOf(extension: Uint8Array | undefined): readonly string[] {
  if (extension === undefined) return [];
  return childrenOf(readDer(extension)).flatMap((node: DerNode) => textOf(node) ?? []);
}
