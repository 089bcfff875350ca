//! Planning of convolutions: what their matrix product reads, and how their weights are packed.

use super::super::Error;
use super::super::kernels::{Activation, Packed, round_up};
use super::super::model::{self, Node, Sliding};
use super::super::step::{Depthwise, Layout, Source, Step, Work};
use super::{Builder, clip};

impl Builder<'_> {
    pub(super) fn conv(
        &mut self,
        node: &Node,
        sliding: Sliding,
        activation: model::Activation,
    ) -> Result<(), Error> {
        let [x, filter, bias] = self.convolved(node)?;
        let &[columns, rows, across, depth] = &self.model.tensors[filter].shape[..] else {
            return Err(self.unsupported("filter shape"));
        };
        let layout = self.picture(node.output, round_up(columns))?;
        let input = self.layouts[x].ok_or(Error::BadTensor { tensor: x })?;
        let window = self.window(sliding, [rows, across], input, layout)?;
        self.require(depth == input.channels && columns == layout.channels)?;
        let weights = self.model.floats(filter)?;
        let bias = self.model.floats(bias)?;
        self.require(bias.len() == columns)?;
        let plain = rows * across == 1 && window.stride == [1, 1];
        if plain
            && activation == model::Activation::None
            && self.before_resize(node, x, layout, weights, bias)?
        {
            return Ok(());
        }
        let mut inputs = vec![x];
        let source = if plain {
            self.pixel_source(&mut inputs)?
        } else {
            Source::Window(window)
        };
        if !plain {
            self.settle(x)?;
        }
        // Window rows are taken lane by lane, so the padding lanes get zero weights.
        let lanes = if plain { depth } else { input.lanes };
        let shape = if plain {
            [1, depth]
        } else {
            [rows, across * lanes]
        };
        let packed = Packed::new(shape, columns, bias, |row, column| {
            let (cell, lane) = (row / lanes, row % lanes);
            if lane < depth {
                weights[(column * rows * across + cell) * depth + lane]
            } else {
                0.0
            }
        });
        let activation = clip(activation);
        self.hold(
            node.output,
            inputs,
            Work::Conv {
                source,
                weights: packed,
                activation,
            },
        );
        Ok(())
    }

    /// What a convolution reads: the picture, the filter and the bias.
    fn convolved(&self, node: &Node) -> Result<[usize; 3], Error> {
        Ok([
            self.operand(node, 0)?,
            self.operand(node, 1)?,
            self.operand(node, 2)?,
        ])
    }

    /// The source of a 1×1 convolution: a depthwise step that only it reads, or the settled value itself.
    fn pixel_source(&mut self, inputs: &mut [usize]) -> Result<Source, Error> {
        let x = inputs[0];
        let layout = self.layouts[x].ok_or(Error::BadTensor { tensor: x })?;
        let alone = self
            .joinable(x)
            .is_some_and(|step| matches!(step.work, Work::Depthwise(_)) && step.inputs.len() == 1);
        if alone
            && let Some(Step {
                inputs: from,
                work: Work::Depthwise(depthwise),
                ..
            }) = self.pending.remove(&x)
        {
            inputs[0] = from[0];
            return Ok(Source::Depthwise(depthwise, layout));
        }
        self.settle(x)?;
        Ok(Source::Pixels)
    }

    /// Swaps a 1×1 convolution with the enlargement it reads: both are linear and the blend weights sum to one.
    fn before_resize(
        &mut self,
        node: &Node,
        x: usize,
        layout: Layout,
        weights: &[f32],
        bias: &[f32],
    ) -> Result<bool, Error> {
        let Some(Step {
            inputs,
            work: Work::Resize { half_pixel },
            ..
        }) = self.joinable(x)
        else {
            return Ok(false);
        };
        let (small, half_pixel) = (inputs[0], *half_pixel);
        let from = self.layouts[small].ok_or(Error::BadTensor { tensor: small })?;
        if from.height * from.width > layout.height * layout.width {
            return Ok(false);
        }
        self.pending.remove(&x);
        let depth = from.channels;
        let packed = Packed::new([1, depth], layout.channels, bias, |row, column| {
            weights[column * depth + row]
        });
        let middle = self.layouts.len();
        self.layouts.push(Some(Layout {
            height: from.height,
            width: from.width,
            ..layout
        }));
        self.uses.push(1);
        let work = Work::Conv {
            source: Source::Pixels,
            weights: packed,
            activation: Activation::None,
        };
        self.steps.push(Step {
            inputs: vec![small],
            output: middle,
            work,
        });
        self.hold(node.output, vec![middle], Work::Resize { half_pixel });
        Ok(true)
    }

    pub(super) fn depthwise(
        &mut self,
        node: &Node,
        sliding: Sliding,
        activation: model::Activation,
    ) -> Result<(), Error> {
        let [x, filter, bias] = self.convolved(node)?;
        let input = self.settle_whole(x)?;
        let &[1, rows, across, channels] = &self.model.tensors[filter].shape[..] else {
            return Err(self.unsupported("filter shape"));
        };
        let layout = self.picture(node.output, input.lanes)?;
        let window = self.window(sliding, [rows, across], input, layout)?;
        self.require(
            channels == input.channels
                && channels == layout.channels
                && rows <= Depthwise::MAX_ROWS,
        )?;
        let mut weights = Vec::with_capacity(rows * across * input.lanes);
        for cell in self.model.floats(filter)?.chunks_exact(channels) {
            weights.extend_from_slice(cell);
            weights.resize(weights.len() + input.lanes - channels, 0.0);
        }
        let mut bias = self.model.floats(bias)?.to_vec();
        self.require(bias.len() == channels)?;
        bias.resize(input.lanes, 0.0);
        let depthwise = Depthwise {
            window,
            weights,
            bias,
            activation: clip(activation),
        };
        self.hold(node.output, vec![x], Work::Depthwise(depthwise));
        Ok(())
    }

    /// A transposed convolution to one channel whose squares do not overlap: each input pixel makes one square.
    pub(super) fn transpose_conv(&mut self, node: &Node, sliding: Sliding) -> Result<(), Error> {
        let [x, filter, bias] = self.convolved(node)?;
        let input = self.settle_whole(x)?;
        let layout = self.picture(node.output, 1)?;
        let &[1, side, across, depth] = &self.model.tensors[filter].shape[..] else {
            return Err(self.unsupported("filter shape"));
        };
        let (weights, bias) = (self.model.floats(filter)?, self.model.floats(bias)?);
        self.require(
            side == across
                && sliding.stride == [side; 2]
                && depth == input.channels
                && bias.len() == 1,
        )?;
        self.require(layout.height == input.height * side && layout.width == input.width * side)?;
        let cells = side * side;
        let packed = Packed::new([1, depth], cells, &vec![bias[0]; cells], |row, cell| {
            weights[cell * depth + row]
        });
        self.hold(
            node.output,
            vec![x],
            Work::Spread {
                weights: packed,
                side,
                logistic: false,
            },
        );
        Ok(())
    }
}
