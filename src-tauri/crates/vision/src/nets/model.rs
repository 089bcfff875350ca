//! A TFLite file as tensors and operators: parsed, checked, constants widened to `f32`.
//!
//! Numbers of fields, builtin operators and enums are those of the TFLite schema (version 3). Only the
//! operators of the four embedded models are known; everything else is a typed error. Nothing is computed here.

use super::Error;
use super::attention::MatrixOptions;
use super::flatbuffer::{File, Table};
use super::flexbuffer::Options;

/// No tensor of these models comes near this many elements; a damaged file might ask for more.
const MAX_ELEMENTS: usize = 1 << 22;

/// Values known when the model is loaded.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Constant {
    Floats(Vec<f32>),
    Ints(Vec<i32>),
}

#[derive(Debug, Clone)]
pub(crate) struct Tensor {
    pub name: String,
    pub shape: Vec<usize>,
    pub constant: Option<Constant>,
}

impl Tensor {
    pub fn elements(&self) -> usize {
        self.shape.iter().product()
    }

    /// Height, width, channels of a one-picture tensor.
    pub fn hwc(&self) -> Option<[usize; 3]> {
        match self.shape[..] {
            [1, h, w, c] => Some([h, w, c]),
            _ => None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Padding {
    Same,
    Valid,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Activation {
    None,
    Relu,
    Relu6,
}

/// Stride as `[rows, columns]` and the padding rule of a sliding window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sliding {
    pub stride: [usize; 2],
    pub padding: Padding,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Operator {
    Conv(Sliding, Activation),
    Depthwise(Sliding, Activation),
    TransposeConv(Sliding),
    MaxPool(Sliding, [usize; 2], Activation),
    AveragePool(Sliding, [usize; 2], Activation),
    Add(Activation),
    Mul(Activation),
    Concatenation(i32, Activation),
    Pad,
    Relu,
    Prelu,
    HardSwish,
    Logistic,
    Reshape,
    StridedSlice,
    ResizeBilinear { half_pixel: bool },
    LandmarksToMatrix(MatrixOptions),
    TransformTensor,
    TransformLandmarks,
    Dequantize,
}

#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub operator: Operator,
    pub inputs: Vec<usize>,
    pub output: usize,
}

/// A parsed model; every tensor number in it is in range.
#[derive(Debug, Clone)]
pub(crate) struct Model {
    pub tensors: Vec<Tensor>,
    pub nodes: Vec<Node>,
    pub inputs: Vec<usize>,
    pub outputs: Vec<usize>,
}

impl Model {
    /// Parses `bytes`. Errors: [`Error`] for anything damaged or unknown.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let root = File::new(bytes).root()?;
        let buffers = root.tables(4)?;
        let graphs = root.tables(2)?;
        let graph = graphs.first().ok_or(Error::MissingPart { what: "graph" })?;
        let tensors = graph
            .tables(0)?
            .iter()
            .enumerate()
            .map(|(i, t)| tensor(i, t, &buffers))
            .collect::<Result<Vec<_>, _>>()?;
        let codes = root.tables(1)?;
        let number = |i: &i32| usize::try_from(*i).ok().filter(|i| *i < tensors.len());
        let numbers = |list: Vec<i32>| -> Result<Vec<usize>, Error> {
            list.iter()
                .map(|i| {
                    number(i).ok_or(Error::BadTensor {
                        tensor: *i as usize,
                    })
                })
                .collect()
        };
        let mut nodes = Vec::new();
        for (i, entry) in graph.tables(3)?.iter().enumerate() {
            let code = codes
                .get(entry.u32(0, 0)? as usize)
                .ok_or(Error::MissingPart {
                    what: "operator code",
                })?;
            let operator = operator(i, code, entry)?;
            let outputs = numbers(entry.ints(2)?)?;
            let &[output] = &outputs[..] else {
                return Err(Error::UnsupportedForm {
                    node: i,
                    what: "several outputs",
                });
            };
            nodes.push(Node {
                operator,
                inputs: numbers(entry.ints(1)?)?,
                output,
            });
        }
        let (inputs, outputs) = (numbers(graph.ints(1)?)?, numbers(graph.ints(2)?)?);
        let mut model = Self {
            tensors,
            nodes,
            inputs,
            outputs,
        };
        model.fold_dequantize()?;
        Ok(model)
    }

    /// Constants are widened while parsing, so a DEQUANTIZE of one is only another name for it.
    fn fold_dequantize(&mut self) -> Result<(), Error> {
        let nodes = std::mem::take(&mut self.nodes);
        for (i, node) in nodes.into_iter().enumerate() {
            if node.operator != Operator::Dequantize {
                self.nodes.push(node);
                continue;
            }
            let unsupported = Error::UnsupportedForm {
                node: i,
                what: "dequantize",
            };
            let &[source] = &node.inputs[..] else {
                return Err(unsupported);
            };
            let constant = self.tensors[source].constant.take().ok_or(unsupported)?;
            if self.tensors[source].elements() != self.tensors[node.output].elements() {
                return Err(Error::BadTensor {
                    tensor: node.output,
                });
            }
            self.tensors[node.output].constant = Some(constant);
        }
        Ok(())
    }

    /// The constant floats of tensor `i`.
    pub fn floats(&self, i: usize) -> Result<&[f32], Error> {
        match &self.tensors[i].constant {
            Some(Constant::Floats(values)) => Ok(values),
            _ => Err(Error::BadTensor { tensor: i }),
        }
    }

    /// The constant integers of tensor `i`.
    pub fn ints(&self, i: usize) -> Result<&[i32], Error> {
        match &self.tensors[i].constant {
            Some(Constant::Ints(values)) => Ok(values),
            _ => Err(Error::BadTensor { tensor: i }),
        }
    }
}

fn tensor(i: usize, table: &Table<'_>, buffers: &[Table<'_>]) -> Result<Tensor, Error> {
    let damaged = Error::BadTensor { tensor: i };
    let mut elements = 1usize;
    let mut shape = Vec::new();
    for side in table.ints(0)? {
        let side = usize::try_from(side).map_err(|_| damaged.clone())?;
        elements = elements
            .checked_mul(side)
            .filter(|n| *n <= MAX_ELEMENTS)
            .ok_or(damaged.clone())?;
        shape.push(side);
    }
    if elements == 0 {
        return Err(damaged);
    }
    let buffer = buffers
        .get(table.u32(2, 0)? as usize)
        .ok_or(damaged.clone())?
        .bytes(0)?;
    let constant = match (buffer.is_empty(), table.u8(1, 0)?) {
        (true, 0) => None,
        (false, 0) => Some(Constant::Floats(
            buffer
                .as_chunks()
                .0
                .iter()
                .map(|four| f32::from_le_bytes(*four))
                .collect(),
        )),
        (false, 1) => Some(Constant::Floats(
            buffer
                .as_chunks()
                .0
                .iter()
                .map(|two| widen(u16::from_le_bytes(*two)))
                .collect(),
        )),
        (false, 2) => Some(Constant::Ints(
            buffer
                .as_chunks()
                .0
                .iter()
                .map(|four| i32::from_le_bytes(*four))
                .collect(),
        )),
        _ => return Err(damaged),
    };
    let length = match &constant {
        None => elements,
        Some(Constant::Floats(values)) => values.len(),
        Some(Constant::Ints(values)) => values.len(),
    };
    if length != elements {
        return Err(damaged);
    }
    Ok(Tensor {
        name: table.text(3)?,
        shape,
        constant,
    })
}

/// IEEE 754 half precision to single precision, exactly.
fn widen(half: u16) -> f32 {
    /// The difference of the two formats' exponent biases, in place.
    const REBIAS: u32 = 112 << 23;
    let magnitude = u32::from(half & 0x7fff) << 13;
    let value = match half >> 10 & 31 {
        0 => f32::from(half & 1023) / 16_777_216.0,
        31 => f32::from_bits(magnitude + 2 * REBIAS),
        _ => f32::from_bits(magnitude + REBIAS),
    };
    if half & 0x8000 == 0 { value } else { -value }
}

fn operator(node: usize, code: &Table<'_>, entry: &Table<'_>) -> Result<Operator, Error> {
    // The byte field is the older place of the code; codes above 127 live in the wider field only.
    let builtin = i32::from(code.u8(0, 0)?).max(code.i32(3, 0)?);
    if builtin == 32 {
        return custom(node, &code.text(1)?, code.i32(2, 1)?, entry.bytes(5)?);
    }
    let options = Fields(entry.table(4)?);
    Ok(match builtin {
        0 => Operator::Add(options.activation(0, node)?),
        1 => Operator::AveragePool(
            options.sliding([1, 2])?,
            options.window()?,
            options.activation(5, node)?,
        ),
        2 => Operator::Concatenation(options.int(0)?, options.activation(1, node)?),
        3 => Operator::Conv(
            options.sliding([1, 2])?,
            options.undilated(3, [4, 5], node)?,
        ),
        4 => Operator::Depthwise(
            options.sliding([1, 2])?,
            options.undilated(4, [5, 6], node)?,
        ),
        6 => Operator::Dequantize,
        14 => Operator::Logistic,
        17 => Operator::MaxPool(
            options.sliding([1, 2])?,
            options.window()?,
            options.activation(5, node)?,
        ),
        18 => Operator::Mul(options.activation(0, node)?),
        19 => Operator::Relu,
        22 => Operator::Reshape,
        23 if options.byte(2)? == 0 => Operator::ResizeBilinear {
            half_pixel: options.byte(3)? != 0,
        },
        34 => Operator::Pad,
        45 => Operator::StridedSlice,
        54 => Operator::Prelu,
        117 => Operator::HardSwish,
        _ => {
            return Err(Error::UnknownOperator {
                name: format!("builtin {builtin}"),
            });
        }
    })
}

/// The option table of a builtin operator; an absent table has all fields at their defaults.
struct Fields<'a>(Option<Table<'a>>);

impl Fields<'_> {
    fn byte(&self, field: usize) -> Result<u8, Error> {
        self.0.as_ref().map_or(Ok(0), |table| table.u8(field, 0))
    }

    fn int(&self, field: usize) -> Result<i32, Error> {
        self.0.as_ref().map_or(Ok(0), |table| table.i32(field, 0))
    }

    /// Padding is always field 0; `columns_rows` are the fields of the column stride and the row stride.
    fn sliding(&self, columns_rows: [usize; 2]) -> Result<Sliding, Error> {
        let padding = if self.byte(0)? == 0 {
            Padding::Same
        } else {
            Padding::Valid
        };
        let [columns, rows] =
            columns_rows.map(|field| self.int(field).map(|n| n.clamp(1, 64) as usize));
        Ok(Sliding {
            stride: [rows?, columns?],
            padding,
        })
    }

    /// Height and width of a pooling window.
    fn window(&self) -> Result<[usize; 2], Error> {
        Ok([self.int(4)?.max(1) as usize, self.int(3)?.max(1) as usize])
    }

    fn activation(&self, field: usize, node: usize) -> Result<Activation, Error> {
        match self.byte(field)? {
            0 => Ok(Activation::None),
            1 => Ok(Activation::Relu),
            3 => Ok(Activation::Relu6),
            _ => Err(Error::UnsupportedForm {
                node,
                what: "fused activation",
            }),
        }
    }

    /// The activation of a convolution, provided its dilation factors are 1 (their default).
    fn undilated(
        &self,
        activation: usize,
        dilation: [usize; 2],
        node: usize,
    ) -> Result<Activation, Error> {
        for field in dilation {
            if self.int(field)? > 1 {
                return Err(Error::UnsupportedForm {
                    node,
                    what: "dilated convolution",
                });
            }
        }
        self.activation(activation, node)
    }
}

/// MediaPipe's own operators.
fn custom(node: usize, name: &str, version: i32, options: &[u8]) -> Result<Operator, Error> {
    Ok(match (name, version) {
        ("Landmarks2TransformMatrix", 2) => {
            Operator::LandmarksToMatrix(MatrixOptions::read(Options::read(options)?)?)
        }
        ("TransformTensorBilinear", 2) => Operator::TransformTensor,
        ("TransformLandmarks", 2) => Operator::TransformLandmarks,
        ("Convolution2DTransposeBias", 1) => {
            // A C struct of three little-endian ints: padding (1 same, 2 valid), column stride, row stride.
            let word = |i: usize| {
                options
                    .as_chunks::<4>()
                    .0
                    .get(i)
                    .map(|four| i32::from_le_bytes(*four))
            };
            let (Some(padding), Some(columns), Some(rows)) = (word(0), word(1), word(2)) else {
                return Err(Error::UnsupportedForm {
                    node,
                    what: "transposed convolution",
                });
            };
            let padding = if padding == 1 {
                Padding::Same
            } else {
                Padding::Valid
            };
            Operator::TransposeConv(Sliding {
                stride: [rows, columns].map(|n| n.clamp(1, 64) as usize),
                padding,
            })
        }
        _ => {
            return Err(Error::UnknownOperator {
                name: format!("{name} version {version}"),
            });
        }
    })
}

#[cfg(test)]
mod tests {
    use super::widen;

    #[test]
    fn half_precision_is_widened_exactly() {
        for (half, single) in [
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x3555, 0.333_251_95),
            (0x0001, 5.960_464_5e-8),
            (0, 0.0),
        ] {
            assert!(
                (widen(half) - single).abs() <= f32::EPSILON * single.abs(),
                "{half:x}"
            );
        }
        assert!(widen(0x7c00).is_infinite() && widen(0x7e00).is_nan());
    }
}
