//! A table of columns and how it becomes a Parquet file.

use parquet::basic::{Compression, ConvertedType, LogicalType, Repetition, TimeUnit, Type as Physical, ZstdLevel};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::errors::Result;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{Type, TypePtr};
use std::sync::Arc;

/// Version of the tables, in the metadata of every file.
const SCHEMA: &str = "1";

/// The cells of one column; a missing value is `None`.
pub(super) enum Column {
    Text(Vec<Option<String>>),
    Number(Vec<Option<i64>>),
    Degrees(Vec<Option<f64>>),
    Flag(Vec<Option<bool>>),
    /// Days since 1970.
    Day(Vec<Option<i32>>),
    /// Milliseconds since 1970, UTC.
    Moment(Vec<Option<i64>>),
}

pub(super) struct Table {
    pub(super) name: &'static str,
    pub(super) columns: Vec<(&'static str, Column)>,
}

impl Table {
    /// The bytes of the file.
    pub(super) fn to_parquet(&self) -> Result<Vec<u8>> {
        let metadata = [("vigie.schema", SCHEMA), ("vigie.table", self.name)];
        let metadata = metadata.map(|(key, value)| KeyValue::new(key.to_owned(), value.to_owned())).to_vec();
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_dictionary_enabled(true)
            .set_created_by(concat!("vigie version ", env!("CARGO_PKG_VERSION")).to_owned())
            .set_key_value_metadata(Some(metadata))
            .build();
        let mut bytes = Vec::new();
        let mut file = SerializedFileWriter::new(&mut bytes, self.schema()?, Arc::new(properties))?;
        let mut group = file.next_row_group()?;
        for (_, column) in &self.columns {
            column.write(&mut group)?;
        }
        group.close()?;
        file.close()?;
        Ok(bytes)
    }

    fn schema(&self) -> Result<TypePtr> {
        let fields = self.columns.iter().map(|(name, column)| column.field(name)).collect::<Result<Vec<_>>>()?;
        Ok(Arc::new(Type::group_type_builder(self.name).with_fields(fields).build()?))
    }
}

impl Column {
    fn field(&self, name: &str) -> Result<TypePtr> {
        let (physical, logical) = match self {
            Self::Text(_) => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Self::Number(_) => (Physical::INT64, None),
            Self::Degrees(_) => (Physical::DOUBLE, None),
            Self::Flag(_) => (Physical::BOOLEAN, None),
            Self::Day(_) => (Physical::INT32, Some(LogicalType::Date)),
            Self::Moment(_) => {
                let unit = TimeUnit::MILLIS;
                (Physical::INT64, Some(LogicalType::Timestamp { is_adjusted_to_u_t_c: true, unit }))
            }
        };
        let field = Type::primitive_type_builder(name, physical)
            .with_repetition(Repetition::OPTIONAL)
            .with_converted_type(ConvertedType::NONE)
            .with_logical_type(logical);
        Ok(Arc::new(field.build()?))
    }

    fn write(&self, group: &mut SerializedRowGroupWriter<'_, &mut Vec<u8>>) -> Result<()> {
        match self {
            Self::Text(cells) => {
                let bytes: Vec<Option<ByteArray>> = cells.iter().map(|c| c.as_deref().map(ByteArray::from)).collect();
                put::<ByteArrayType>(group, &bytes)
            }
            Self::Number(cells) | Self::Moment(cells) => put::<Int64Type>(group, cells),
            Self::Degrees(cells) => put::<DoubleType>(group, cells),
            Self::Flag(cells) => put::<BoolType>(group, cells),
            Self::Day(cells) => put::<Int32Type>(group, cells),
        }
    }
}

fn put<T: DataType>(group: &mut SerializedRowGroupWriter<'_, &mut Vec<u8>>, cells: &[Option<T::T>]) -> Result<()> {
    let Some(mut column) = group.next_column()? else { return Ok(()) };
    let values: Vec<T::T> = cells.iter().flatten().cloned().collect();
    let levels: Vec<i16> = cells.iter().map(|cell| i16::from(cell.is_some())).collect();
    column.typed::<T>().write_batch(&values, Some(&levels), None)?;
    column.close()
}
