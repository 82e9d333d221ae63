package io.flinkinference.connectors.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Serializable;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;

/** Who asks the registry. No form of it shows its secret. */
public sealed interface Credentials extends Serializable {

  /** For a registry that asks for none. */
  Credentials NONE = new None();

  /** Value of the header {@code Authorization}, if there is to be one. */
  Optional<String> authorization();

  /** User and password (RFC 7617). */
  static Credentials basic(String user, String password) {
    return new Basic(user, password);
  }

  /** A token (RFC 6750). */
  static Credentials bearer(String token) {
    return new Bearer(token);
  }

  /** Nobody in particular. */
  record None() implements Credentials {

    private static final long serialVersionUID = 1L;

    @Override
    public Optional<String> authorization() {
      return Optional.empty();
    }
  }

  /** A user with a password. */
  record Basic(String user, String password) implements Credentials {

    private static final long serialVersionUID = 1L;

    public Basic {
      Objects.requireNonNull(password, "password");
      if (user.indexOf(':') >= 0) {
        throw new IllegalArgumentException(
            "The registry's user has a colon in it, which no user's name has (RFC 7617). Give user"
                + " and password apart.");
      }
    }

    @Override
    public Optional<String> authorization() {
      byte[] both = (user + ":" + password).getBytes(UTF_8);
      return Optional.of("Basic " + Base64.getEncoder().encodeToString(both));
    }

    @Override
    public String toString() {
      return "Basic[" + user + "]";
    }
  }

  /** Whoever has a token. */
  record Bearer(String token) implements Credentials {

    private static final long serialVersionUID = 1L;
    private static final int DELETE = 0x7F;

    public Bearer {
      if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < DELETE)) {
        // Such a header would be refused later, with the token in the message.
        throw new IllegalArgumentException(
            "The registry's token is empty, or has a blank, a line's end or another character in it"
                + " that no token has.");
      }
    }

    @Override
    public Optional<String> authorization() {
      return Optional.of("Bearer " + token);
    }

    @Override
    public String toString() {
      return "Bearer[]";
    }
  }
}
