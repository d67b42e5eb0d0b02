//! Who may come in: a file of names, roles and secrets. Without one the server is for this machine alone, and whoever sits
//! at it may do everything.

use crate::failure::Failure;
use axum::http::{HeaderMap, header};
use serde::Deserialize;
use std::path::Path;

/// What somebody may do; each role may do what those before it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Role {
    /// Look.
    Read,
    /// Decide, and undo own decisions.
    Review,
    /// Undo the decisions of others.
    Admin,
}

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Visitor {
    /// The name under which he decides; `None` where he may choose one.
    pub(super) name: Option<String>,
    pub(super) role: Role,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    token: Vec<Token>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Token {
    name: String,
    role: Role,
    secret: String,
}

/// The tokens of a server; none where everybody at this machine may come in.
#[derive(Debug, Default)]
pub(super) struct Tokens(Vec<Token>);

/// The name of the cookie that a browser keeps a token in.
pub(super) const COOKIE: &str = "vigie";

/// Letters that a secret has at least: fewer could be tried out.
const LENGTH: usize = 16;

impl Tokens {
    /// Reads the file.
    ///
    /// # Errors
    /// When it cannot be read, is not such a file, or a secret is too short.
    pub(super) fn read(path: &Path) -> Result<Self, Failure> {
        let name = path.display();
        let shape = "write [[token]] with name, role (read, review or admin) and secret for each person";
        let text =
            std::fs::read_to_string(path).map_err(|e| Failure::new(format!("{name} cannot be read: {e}"), shape))?;
        let file: File = toml::from_str(&text).map_err(|e| Failure::new(format!("{name}: {e}"), shape))?;
        let plain = |t: &&Token| t.secret.len() < LENGTH || !t.secret.bytes().all(|b| b.is_ascii_alphanumeric());
        if let Some(token) = file.token.iter().find(plain) {
            return Err(Failure::new(
                format!("the secret of {} is not {LENGTH} or more letters and digits", token.name),
                "make one with: openssl rand -hex 16",
            ));
        }
        if file.token.is_empty() {
            return Err(Failure::new(format!("{name} lets nobody in"), shape));
        }
        Ok(Self(file.token))
    }

    /// Who asks, by the token that comes with a request; `None` for strangers.
    pub(super) fn visitor(&self, headers: &HeaderMap) -> Option<Visitor> {
        if self.0.is_empty() {
            return Some(Visitor { name: None, role: Role::Admin });
        }
        let text = |name| headers.get(name).and_then(|v| v.to_str().ok());
        let bearer = text(header::AUTHORIZATION).and_then(|v| v.strip_prefix("Bearer "));
        let cookies = text(header::COOKIE).into_iter().flat_map(|all| all.split("; "));
        let cookie = cookies.filter_map(|one| one.split_once('=')).find(|(name, _)| *name == COOKIE);
        self.holder(bearer.or(cookie.map(|(_, value)| value))?)
    }

    /// Who has this secret.
    pub(super) fn holder(&self, secret: &str) -> Option<Visitor> {
        let found = self.0.iter().find(|t| same(&t.secret, secret))?;
        Some(Visitor { name: Some(found.name.clone()), role: found.role })
    }
}

/// Are two texts the same? It takes as long whatever the first difference is, so that nothing can be found out by trying.
fn same(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.bytes().zip(other.bytes()).fold(0, |diff, (a, b)| diff | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::{Role, Tokens};
    use axum::http::{HeaderMap, HeaderValue, header};

    fn tokens(text: &str) -> Result<Tokens, crate::failure::Failure> {
        let path = std::env::temp_dir().join(format!("vigie-tokens-{}-{}.toml", std::process::id(), text.len()));
        std::fs::write(&path, text).unwrap();
        let read = Tokens::read(&path);
        std::fs::remove_file(&path).unwrap();
        read
    }

    #[test]
    fn the_holder_of_a_secret_is_known_by_header_and_by_cookie_and_nobody_else_is() {
        let found = tokens("[[token]]\nname = \"Ana\"\nrole = \"review\"\nsecret = \"abcdefghijklmnop\"\n").unwrap();
        let with = |name, value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(name, HeaderValue::from_static(value));
            found.visitor(&headers)
        };
        assert_eq!(with(header::AUTHORIZATION, "Bearer abcdefghijklmnop").unwrap().role, Role::Review);
        assert_eq!(with(header::COOKIE, "a=b; vigie=abcdefghijklmnop").unwrap().name.as_deref(), Some("Ana"));
        assert_eq!(with(header::COOKIE, "vigie=abcdefghijklmnoq"), None);
        assert_eq!(with(header::AUTHORIZATION, "abcdefghijklmnop"), None);
    }

    #[test]
    fn a_file_that_would_let_others_in_is_refused() {
        for text in [
            "",
            "token = []\n",
            "[[token]]\nname = \"Ana\"\nrole = \"review\"\nsecret = \"short\"\n",
            "[[token]]\nname = \"Ana\"\nrole = \"owner\"\nsecret = \"abcdefghijklmnop\"\n",
            "[[token]]\nname = \"Ana\"\nrole = \"read\"\nsecret = \"abcdefghijklmnop\"\nextra = 1\n",
        ] {
            assert!(tokens(text).is_err(), "{text}");
        }
    }
}
