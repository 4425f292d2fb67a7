import { CredentialError, type Credentialed, type TokenAuthenticator } from './authenticator.js';

/** Tokens that say nothing of audiences are good for the server's own, and nobody who asks for others is told of them. */
export function forAudiences(own: readonly string[], way: TokenAuthenticator): TokenAuthenticator {
  return {
    name: way.name,
    authenticate: (token, request) => {
      const audiences = shared(own, request);
      if (audiences.length === 0) return undefined;
      const outcome = way.authenticate(token, request);
      return outcome && !(outcome instanceof CredentialError) ? { ...outcome, audiences } : outcome;
    },
  };
}

/** Those audiences that a request asks about. */
export function shared(audiences: readonly string[], { audiences: asked }: Credentialed): string[] {
  return audiences.filter((audience) => asked.includes(audience));
}
