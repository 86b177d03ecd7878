//! How values travel: a tree of bytes, written and read in the same order on both sides, and what is none beside it.
//!
//! A flag is a byte, a number eight, a text its length in four and then UTF-8; lengths and numbers begin with their highest
//! byte. What may be absent has a flag before it. `io.github.libcloudauth.WireReader` and `WireWriter` are the other side.

use std::time::Duration;

use cloudauth_core::result::Value;
use cloudauth_core::typed::Argument;
use cloudauth_core::{Buffer, Error, options};

use crate::failure::Failure;

/// What Java is handed.
#[derive(Debug, Default)]
pub(crate) struct Message {
    pub(crate) tree: Vec<u8>,
    pub(crate) beside: Vec<Beside>,
}

/// What goes beside the tree, in the order of the tree.
#[derive(Debug)]
pub(crate) enum Beside {
    /// A picture, or a body.
    Bytes(Buffer),
    /// The exception behind it.
    Error(Error),
}

impl Message {
    pub(crate) fn byte(&mut self, byte: u8) {
        self.tree.push(byte);
    }

    pub(crate) fn number(&mut self, number: i64) {
        self.tree.extend(number.to_be_bytes());
    }

    pub(crate) fn length(&mut self, length: usize) {
        // Java has no arrays beyond this, and no reply comes near it.
        self.tree.extend(u32::try_from(length).unwrap_or(u32::MAX).to_be_bytes());
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.length(text.len());
        self.tree.extend(text.as_bytes());
    }
}

/// A value that can be handed to Java.
pub(crate) trait ToWire {
    fn write(self, out: &mut Message);
}

/// Reads what Java wrote.
pub(crate) struct Reader<'a>(pub(crate) &'a [u8]);

/// The two sides disagree, which the check of versions at load should have shown.
const OUT_OF_STEP: Failure = Failure::Internal("the arguments do not have the form that the native library expects");

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], Failure> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or(OUT_OF_STEP)?;
        self.0 = rest;
        Ok(taken)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn flag(&mut self) -> Result<bool, Failure> {
        Ok(self.take(1)? != [0])
    }

    pub(crate) fn number(&mut self) -> Result<i64, Failure> {
        let bytes = self.take(size_of::<i64>())?;
        Ok(i64::from_be_bytes(bytes.try_into().map_err(|_| OUT_OF_STEP)?))
    }

    pub(crate) fn double(&mut self) -> Result<f64, Failure> {
        Ok(f64::from_bits(self.number()?.cast_unsigned()))
    }

    fn length(&mut self) -> Result<usize, Failure> {
        let length = self.take(size_of::<u32>())?;
        let length = u32::from_be_bytes(length.try_into().map_err(|_| OUT_OF_STEP)?);
        usize::try_from(length).map_err(|_| OUT_OF_STEP)
    }

    pub(crate) fn text(&mut self) -> Result<String, Failure> {
        let length = self.length()?;
        String::from_utf8(self.take(length)?.to_owned()).map_err(|_| OUT_OF_STEP)
    }

    /// `WireWriter.value`: a value of any shape, of the parameter `name`.
    pub(crate) fn value(&mut self, name: &str) -> Result<Value, Failure> {
        Ok(match self.take(1)? {
            [0] => Value::Null,
            [1] => Value::Bool(false),
            [2] => Value::Bool(true),
            [4] => {
                let number = self.text()?.parse().map_err(|_| Error::invalid_argument(name, "must be a finite number"))?;
                Value::Number(number)
            }
            [6] => Value::String(self.text()?),
            [7] => (0..self.length()?).map(|_| self.value(name)).collect::<Result<_, _>>().map(Value::Array)?,
            [8] => {
                let fields = (0..self.length()?).map(|_| Ok((self.text()?, self.value(name)?)));
                fields.collect::<Result<_, Failure>>().map(Value::Object)?
            }
            _ => return Err(OUT_OF_STEP),
        })
    }

    /// `WireWriter.function`: whether a function of Java's stands here, which has no value.
    pub(crate) fn is_function(&mut self) -> Result<bool, Failure> {
        let is_function = self.0.first() == Some(&10);
        self.take(usize::from(is_function)).map(|_| is_function)
    }

    /// `WireWriter.argument`: a picture's bytes, or a value of any other shape.
    pub(crate) fn argument(&mut self, name: &str) -> Result<Argument, Failure> {
        if self.0.first() != Some(&9) {
            return self.value(name).map(Argument::from);
        }
        self.take(1)?;
        let length = self.length()?;
        Ok(self.take(length)?.to_owned().into())
    }

    pub(crate) fn optional<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Failure>) -> Result<Option<T>, Failure> {
        if self.flag()? { read(self).map(Some) } else { Ok(None) }
    }

    pub(crate) fn optional_text(&mut self) -> Result<Option<String>, Failure> {
        self.optional(Self::text)
    }

    /// `WireWriter.option`: a value for an option. A time of 0 leaves the choice to core, which refuses a negative one.
    pub(crate) fn option(&mut self) -> Result<options::Value, Failure> {
        Ok(match self.take(1)? {
            [0] => self.flag()?.into(),
            [1] => self.number()?.into(),
            [2] => match self.number()? {
                nanoseconds if nanoseconds > 0 => time_limit(nanoseconds).into(),
                others => others.into(),
            },
            [3] => self.text()?.into(),
            _ => return Err(OUT_OF_STEP),
        })
    }

    /// Nanoseconds of an option under that name; 0 leaves the choice to core.
    pub(crate) fn duration(&mut self, name: &str) -> Result<Option<Duration>, Failure> {
        match self.number()? {
            0 => Ok(None),
            negative if negative < 0 => Err(Error::invalid_argument(name, "must not be negative").into()),
            nanoseconds => Ok(time_limit(nanoseconds)),
        }
    }
}

/// Nanoseconds of a time limit: 0 is one that is over, a negative number none that was given, and the longest no limit.
pub(crate) fn time_limit(nanoseconds: i64) -> Option<Duration> {
    let limit = |nanoseconds| if nanoseconds == i64::MAX as u64 { Duration::MAX } else { Duration::from_nanos(nanoseconds) };
    u64::try_from(nanoseconds).ok().map(limit)
}

pub(crate) fn count(name: &str, number: i64) -> Result<Option<usize>, Failure> {
    match usize::try_from(number) {
        Ok(number) => Ok((number > 0).then_some(number)),
        Err(_) => Err(Error::invalid_argument(name, "must not be negative").into()),
    }
}
