//! The planner: operators in file order become fewer, larger steps.
//!
//! A step that might absorb its reader (a bias sum that is next added to something, then clipped) is held
//! back as *pending* until a reader either joins it or needs its value. Rewrites used, all exact but for rounding:
//! channel padding joins the sum it is padded for; sums and activations join the convolution before them; a
//! depthwise convolution joins the 1×1 convolution after it; a 1×1 convolution of an enlarged picture is done
//! before the enlargement; gates join the sum after them; the mean of a sum is the sum of the means.

mod conv;
mod gather;

use std::collections::BTreeMap;

use super::Error;
use super::kernels::{Activation, round_up};
use super::model::{self, Model, Node, Operator, Padding, Sliding};
use super::step::{Layout, Step, Window, Work};

pub(super) struct Builder<'m> {
    model: &'m Model,
    /// How often each value is read, graph outputs included.
    uses: Vec<usize>,
    pub(super) layouts: Vec<Option<Layout>>,
    steps: Vec<Step>,
    /// Steps held back, by the value they will produce.
    pending: BTreeMap<usize, Step>,
    /// Channel-padded values and the narrower value they stand for.
    padded: BTreeMap<usize, usize>,
    /// Number of the operator being planned, for errors.
    node: usize,
}

impl<'m> Builder<'m> {
    pub fn new(model: &'m Model) -> Result<Self, Error> {
        let mut uses = vec![0; model.tensors.len()];
        for &value in model
            .nodes
            .iter()
            .flat_map(|node| &node.inputs)
            .chain(&model.outputs)
        {
            uses[value] += 1;
        }
        let mut layouts = vec![None; model.tensors.len()];
        for &input in &model.inputs {
            let [height, width, channels] =
                model.tensors[input].hwc().ok_or(Error::MissingPart {
                    what: "picture input",
                })?;
            layouts[input] = Some(Layout {
                height,
                width,
                channels,
                lanes: channels,
            });
        }
        Ok(Self {
            model,
            uses,
            layouts,
            steps: Vec::new(),
            pending: BTreeMap::new(),
            padded: BTreeMap::new(),
            node: 0,
        })
    }

    /// All steps in running order, and the layout of every value they produce.
    pub fn build(mut self) -> Result<(Vec<Step>, Vec<Option<Layout>>), Error> {
        for (i, node) in self.model.nodes.iter().enumerate() {
            self.node = i;
            self.visit(node)?;
        }
        for &output in &self.model.outputs {
            self.settle(output)?;
        }
        Ok((self.steps, self.layouts))
    }

    fn visit(&mut self, node: &Node) -> Result<(), Error> {
        match &node.operator {
            Operator::Conv(sliding, activation) => self.conv(node, *sliding, *activation),
            Operator::Depthwise(sliding, activation) => self.depthwise(node, *sliding, *activation),
            Operator::TransposeConv(sliding) => self.transpose_conv(node, *sliding),
            Operator::Add(activation) => self.sum(node, *activation),
            Operator::Mul(model::Activation::None) => self.product(node),
            Operator::Relu => self.activation(node, Activation::Relu),
            Operator::HardSwish => self.activation(node, Activation::HardSwish),
            Operator::Prelu => {
                let slopes = self.slopes(node)?;
                self.activation(node, Activation::Slopes(slopes))
            }
            Operator::Pad => self.pad(node),
            Operator::AveragePool(_, size, model::Activation::None) => {
                self.average_pool(node, *size)
            }
            Operator::MaxPool(sliding, size, model::Activation::None) => {
                self.max_pool(node, *sliding, *size)
            }
            Operator::Logistic => self.logistic(node),
            Operator::ResizeBilinear { half_pixel } => {
                let x = self.operand(node, 0)?;
                let input = self.settle_whole(x)?;
                let layout = self.picture(node.output, input.lanes)?;
                self.require(layout.channels == input.channels)?;
                self.hold(
                    node.output,
                    vec![x],
                    Work::Resize {
                        half_pixel: *half_pixel,
                    },
                );
                Ok(())
            }
            Operator::Reshape | Operator::StridedSlice => self.same_elements(node),
            Operator::Concatenation(1, model::Activation::None) => self.concatenation(node),
            Operator::LandmarksToMatrix(options) => {
                let x = self.operand(node, 0)?;
                let layout = self.settle(x)?;
                self.require(
                    layout.lanes == layout.channels && options.highest() < layout.floats() / 3,
                )?;
                self.emit_flat(
                    node.output,
                    vec![x],
                    Work::LandmarksToMatrix(options.clone()),
                    Some(16),
                )
            }
            Operator::TransformTensor => self.transform_tensor(node),
            Operator::TransformLandmarks => {
                let (x, matrix) = (self.operand(node, 0)?, self.operand(node, 1)?);
                let (layout, by) = (self.settle(x)?, self.settle(matrix)?);
                self.require(by.floats() == 16 && layout.channels == 2 && layout.lanes == 2)?;
                self.emit_flat(
                    node.output,
                    vec![x, matrix],
                    Work::TransformLandmarks,
                    Some(layout.floats()),
                )
            }
            _ => Err(self.unsupported("operator")),
        }
    }

    fn unsupported(&self, what: &'static str) -> Error {
        Error::UnsupportedForm {
            node: self.node,
            what,
        }
    }

    fn require(&self, holds: bool) -> Result<(), Error> {
        if holds {
            Ok(())
        } else {
            Err(self.unsupported("operand sizes"))
        }
    }

    fn operand(&self, node: &Node, i: usize) -> Result<usize, Error> {
        node.inputs
            .get(i)
            .copied()
            .ok_or(self.unsupported("missing operand"))
    }

    /// Makes sure that `value` has been produced, and gives its layout.
    fn settle(&mut self, value: usize) -> Result<Layout, Error> {
        if let Some(step) = self.pending.remove(&value) {
            self.steps.push(step);
        }
        self.layouts[value].ok_or(Error::BadTensor { tensor: value })
    }

    /// As [`Self::settle`], for values that must be in whole vectors.
    fn settle_whole(&mut self, value: usize) -> Result<Layout, Error> {
        let layout = self.settle(value)?;
        self.require(layout.lanes == round_up(layout.channels))?;
        Ok(layout)
    }

    /// The pending step of `value`, if this reader is the only one and may therefore change it.
    fn joinable(&mut self, value: usize) -> Option<&mut Step> {
        if self.uses[value] == 1 {
            self.pending.get_mut(&value)
        } else {
            None
        }
    }

    /// Notes the layout of picture-shaped `value`.
    fn picture(&mut self, value: usize, lanes: usize) -> Result<Layout, Error> {
        let [height, width, channels] = self.model.tensors[value]
            .hwc()
            .ok_or(self.unsupported("shape"))?;
        self.require(lanes >= channels)?;
        let layout = Layout {
            height,
            width,
            channels,
            lanes,
        };
        self.layouts[value] = Some(layout);
        Ok(layout)
    }

    fn hold(&mut self, output: usize, inputs: Vec<usize>, work: Work) {
        self.pending.insert(
            output,
            Step {
                inputs,
                output,
                work,
            },
        );
    }

    /// Emits a step whose result has no padding lanes.
    fn emit_flat(
        &mut self,
        output: usize,
        inputs: Vec<usize>,
        work: Work,
        elements: Option<usize>,
    ) -> Result<(), Error> {
        let tensor = &self.model.tensors[output];
        self.require(elements.is_none_or(|elements| elements == tensor.elements()))?;
        let channels = tensor.shape.last().copied().unwrap_or(1);
        let width = tensor.elements() / channels;
        self.layouts[output] = Some(Layout {
            height: 1,
            width,
            channels,
            lanes: channels,
        });
        self.steps.push(Step {
            inputs,
            output,
            work,
        });
        Ok(())
    }

    /// The geometry of a window of `size` from `input` to `output`, checked against both.
    fn window(
        &self,
        sliding: Sliding,
        size: [usize; 2],
        input: Layout,
        output: Layout,
    ) -> Result<Window, Error> {
        let mut before = [0; 2];
        let sides = [(input.height, output.height), (input.width, output.width)];
        for (axis, (from, to)) in sides.into_iter().enumerate() {
            let (stride, size) = (sliding.stride[axis], size[axis]);
            self.require((1..=from.max(5)).contains(&size))?;
            if sliding.padding == Padding::Same {
                self.require(to == from.div_ceil(stride))?;
                before[axis] = ((to - 1) * stride + size).saturating_sub(from) / 2;
            } else {
                self.require(size <= from && to == (from - size) / stride + 1)?;
            }
        }
        Ok(Window {
            size,
            stride: sliding.stride,
            before,
        })
    }

    fn sum(&mut self, node: &Node, activation: model::Activation) -> Result<(), Error> {
        let (a, b) = (self.operand(node, 0)?, self.operand(node, 1)?);
        let layout = self.picture(
            node.output,
            round_up(self.model.tensors[node.output].hwc().map_or(1, |s| s[2])),
        )?;
        for (own, other) in [(a, b), (b, a)] {
            let narrow = self.padded.get(&other).copied();
            let added = narrow.unwrap_or(other);
            if own == other
                || self.padded.contains_key(&own)
                || !self.absorbs(own, narrow.is_some(), activation)
            {
                continue;
            }
            let more = self.settle_whole(added)?;
            let shape = [more.height, more.width] == [layout.height, layout.width];
            self.require(
                shape && self.layouts[own] == Some(layout) && more.channels <= layout.channels,
            )?;
            self.require(narrow.is_some() || more == layout)?;
            if let Some(mut step) = self.pending.remove(&own) {
                step.inputs.push(added);
                step.output = node.output;
                if let (
                    Work::Conv {
                        activation: own, ..
                    },
                    true,
                ) = (&mut step.work, activation != model::Activation::None)
                {
                    *own = clip(activation);
                }
                self.pending.insert(node.output, step);
            }
            return Ok(());
        }
        self.require(
            activation == model::Activation::None
                && ![a, b].iter().any(|v| self.padded.contains_key(v)),
        )?;
        let both = (self.settle_whole(a)?, self.settle_whole(b)?);
        self.require(both == (layout, layout))?;
        self.hold(node.output, vec![a, b], Work::Add);
        Ok(())
    }

    /// Whether the pending step of `value` can take one more addend, which `narrow`ly covers its channels.
    fn absorbs(&mut self, value: usize, narrow: bool, clipped: model::Activation) -> bool {
        self.joinable(value).is_some_and(|step| match &step.work {
            Work::Conv { activation, .. } => {
                step.inputs.len() == 1 && *activation == Activation::None
            }
            Work::Depthwise(_) => {
                step.inputs.len() == 1 && !narrow && clipped == model::Activation::None
            }
            Work::ScaleAdd => {
                step.inputs.len() == 2 && !narrow && clipped == model::Activation::None
            }
            _ => false,
        })
    }

    fn product(&mut self, node: &Node) -> Result<(), Error> {
        let (x, by) = (self.operand(node, 0)?, self.operand(node, 1)?);
        let input = self.settle(x)?;
        if self.model.tensors[by].constant.is_some() {
            let factors = self.model.floats(by)?.to_vec();
            self.require(input.lanes == input.channels)?;
            self.require(factors.len() == 1 || factors.len() == input.floats())?;
            return self.emit_flat(
                node.output,
                vec![x],
                Work::Times(factors),
                Some(input.floats()),
            );
        }
        let (input, gate) = (self.settle_whole(x)?, self.settle_whole(by)?);
        let layout = self.picture(node.output, input.lanes)?;
        self.require(
            layout == input
                && gate
                    == Layout {
                        height: 1,
                        width: 1,
                        ..layout
                    },
        )?;
        self.hold(node.output, vec![x, by], Work::ScaleAdd);
        Ok(())
    }

    fn slopes(&self, node: &Node) -> Result<Vec<f32>, Error> {
        let slopes = self.model.floats(self.operand(node, 1)?)?;
        let channels = self.model.tensors[node.output]
            .hwc()
            .map_or(0, |shape| shape[2]);
        self.require(slopes.len() == channels)?;
        let mut slopes = slopes.to_vec();
        slopes.resize(round_up(channels), 0.0);
        Ok(slopes)
    }

    /// An activation must directly follow a convolution or its sum, as it does in all these models.
    fn activation(&mut self, node: &Node, wanted: Activation) -> Result<(), Error> {
        let x = self.operand(node, 0)?;
        let unsupported = self.unsupported("activation");
        let layout = self.layouts[x].ok_or(Error::BadTensor { tensor: x })?;
        let joined = self.joinable(x).is_some_and(|step| {
            let late = step.inputs.len() > 1;
            match &mut step.work {
                Work::Conv { activation, .. } if *activation == Activation::None => {
                    *activation = wanted;
                }
                Work::Depthwise(own) if own.activation == Activation::None && !late => {
                    own.activation = wanted;
                }
                _ => return false,
            }
            step.output = node.output;
            true
        });
        let step = if joined {
            self.pending.remove(&x)
        } else {
            None
        };
        self.pending.insert(node.output, step.ok_or(unsupported)?);
        let output = self.picture(node.output, layout.lanes)?;
        self.require(output == layout)
    }

    /// Padding by zero channels at the end only.
    fn pad(&mut self, node: &Node) -> Result<(), Error> {
        let (x, amounts) = (self.operand(node, 0)?, self.operand(node, 1)?);
        let input = self.settle_whole(x)?;
        let &[0, 0, 0, 0, 0, 0, 0, more] = self.model.ints(amounts)? else {
            return Err(self.unsupported("padding"));
        };
        let channels = self.model.tensors[node.output].hwc().map(|shape| shape[2]);
        self.require(
            usize::try_from(more)
                .ok()
                .and_then(|more| more.checked_add(input.channels))
                == channels,
        )?;
        self.padded.insert(node.output, x);
        Ok(())
    }

    fn logistic(&mut self, node: &Node) -> Result<(), Error> {
        let x = self.operand(node, 0)?;
        if let Some(step) = self.joinable(x)
            && let Work::Spread { logistic, .. } = &mut step.work
        {
            *logistic = true;
            step.output = node.output;
            let step = self.pending.remove(&x);
            self.layouts[node.output] = self.layouts[x];
            self.pending.extend(step.map(|step| (node.output, step)));
            return Ok(());
        }
        let input = self.settle(x)?;
        let layout = self.picture(node.output, input.lanes)?;
        self.require(layout == input)?;
        self.hold(node.output, vec![x], Work::Logistic);
        Ok(())
    }

    fn transform_tensor(&mut self, node: &Node) -> Result<(), Error> {
        let (x, matrix) = (self.operand(node, 0)?, self.operand(node, 1)?);
        let (input, by) = (self.settle_whole(x)?, self.settle(matrix)?);
        let layout = self.picture(node.output, input.lanes)?;
        self.require(by.floats() == 16 && layout.channels == input.channels)?;
        self.hold(node.output, vec![x, matrix], Work::TransformTensor);
        Ok(())
    }
}

fn clip(activation: model::Activation) -> Activation {
    match activation {
        model::Activation::None => Activation::None,
        model::Activation::Relu => Activation::Relu,
        model::Activation::Relu6 => Activation::Relu6,
    }
}
