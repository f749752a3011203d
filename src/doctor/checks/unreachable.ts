import { warn, type Check } from '../model.ts'

/** It is this machine that cannot tell; the domain may be right. */
export const dnsUnreachable = ({ name, asked }: { name: string; asked: string }): Check => ({
  ...warn({
    name,
    message: `DNS gave no answer about ${asked}: nothing is known of the domain.`,
    remedy: 'See that this machine may ask a name server, or run the doctor elsewhere.',
  }),
  isUnknown: true,
})
