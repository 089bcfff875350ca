//! A model turned into steps that run: memory laid out, values placed into reused slots.
//!
//! The planner proper, which decides what is fused, is [`super::fuse`].

use super::Error;
use super::floats::Floats;
use super::fuse::Builder;
use super::kernels::Simd;
use super::model::Model;
use super::step::{Input, Layout, Step};

/// A value that is produced or given while the network runs, and the slot of memory it lives in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Value {
    layout: Layout,
    slot: usize,
}

/// A network ready to run; shared by all threads.
#[derive(Debug)]
pub(crate) struct Plan {
    steps: Vec<Step>,
    values: Vec<Option<Value>>,
    /// Floats each slot must hold.
    slots: Vec<usize>,
    input: usize,
    outputs: Vec<(String, usize)>,
}

/// The memory one thread needs to run one plan.
#[derive(Debug, Clone, Default)]
pub(crate) struct Memory {
    slots: Vec<Floats>,
    scratch: Vec<f32>,
}

impl Plan {
    /// Parses and plans a `.tflite` file with one input.
    pub fn read(bytes: &[u8]) -> Result<Self, Error> {
        let model = Model::parse(bytes)?;
        let &[input] = &model.inputs[..] else {
            return Err(Error::MissingPart {
                what: "single input",
            });
        };
        let (steps, layouts) = Builder::new(&model)?.build()?;
        let (values, slots) = place(&steps, &layouts, input, &model.outputs)?;
        let outputs = model
            .outputs
            .iter()
            .map(|&i| (model.tensors[i].name.clone(), i))
            .collect();
        Ok(Self {
            steps,
            values,
            slots,
            input,
            outputs,
        })
    }

    /// Number of the output called `name`, which must have `elements` elements.
    pub fn output(&self, name: &'static str, elements: usize) -> Result<usize, Error> {
        let missing = Error::MissingPart { what: name };
        let (_, i) = self
            .outputs
            .iter()
            .find(|(known, _)| known == name)
            .ok_or(missing.clone())?;
        let value = self.values[*i].ok_or(missing.clone())?;
        if value.layout.elements() == elements {
            Ok(*i)
        } else {
            Err(missing)
        }
    }

    /// Errors unless the input is a `side`×`side` RGB picture.
    pub fn expect_input(&self, side: usize) -> Result<(), Error> {
        let wanted = Layout {
            height: side,
            width: side,
            channels: 3,
            lanes: 3,
        };
        match self.values[self.input] {
            Some(value) if value.layout == wanted => Ok(()),
            _ => Err(Error::MissingPart {
                what: "input of the expected size",
            }),
        }
    }

    pub fn memory(&self) -> Memory {
        Memory {
            slots: self.slots.iter().copied().map(Floats::new).collect(),
            scratch: Vec::new(),
        }
    }

    /// Where the input picture is to be written before each run.
    pub fn input<'m>(&self, memory: &'m mut Memory) -> &'m mut [f32] {
        match self.values[self.input] {
            Some(value) => &mut memory.slots[value.slot].all_mut()[..value.layout.floats()],
            None => &mut [],
        }
    }

    pub fn run(&self, simd: Simd, memory: &mut Memory) {
        for step in &self.steps {
            let Some(target) = self.values[step.output] else {
                continue;
            };
            let mut out = std::mem::take(&mut memory.slots[target.slot]);
            let mut inputs = [Input {
                values: &[],
                layout: target.layout,
            }; Step::MAX_INPUTS];
            for (input, i) in inputs.iter_mut().zip(&step.inputs) {
                if let Some(value) = self.values[*i] {
                    let values = &memory.slots[value.slot].all()[..value.layout.floats()];
                    *input = Input {
                        values,
                        layout: value.layout,
                    };
                }
            }
            let inputs = &inputs[..step.inputs.len().min(Step::MAX_INPUTS)];
            let floats = target.layout.floats();
            step.work.run(
                simd,
                inputs,
                target.layout,
                &mut out.all_mut()[..floats],
                &mut memory.scratch,
            );
            memory.slots[target.slot] = out;
        }
    }

    /// Copies output number `i` (from [`Plan::output`]) without padding lanes into `out`.
    pub fn copy_output(&self, memory: &Memory, i: usize, out: &mut [f32]) {
        let Some(Some(Value { layout, slot })) = self.values.get(i) else {
            return;
        };
        let values = &memory.slots[*slot].all()[..layout.floats()];
        if layout.lanes == layout.channels && values.len() == out.len() {
            out.copy_from_slice(values);
            return;
        }
        let pixels = values.chunks_exact(layout.lanes);
        for (cell, pixel) in out.chunks_exact_mut(layout.channels).zip(pixels) {
            cell.copy_from_slice(&pixel[..layout.channels]);
        }
    }

    /// Output number `i` (from [`Plan::output`]) without padding lanes.
    pub fn output_values(&self, memory: &Memory, i: usize) -> Vec<f32> {
        let Some(Some(Value { layout, slot })) = self.values.get(i) else {
            return Vec::new();
        };
        let values = &memory.slots[*slot].all()[..layout.floats()];
        if layout.lanes == layout.channels {
            return values.to_vec();
        }
        let pixels = values.chunks_exact(layout.lanes);
        let pixels = pixels.flat_map(|pixel| &pixel[..layout.channels]);
        pixels.copied().collect()
    }
}

impl Step {
    /// Most values one step reads.
    pub const MAX_INPUTS: usize = 3;
}

/// Gives every value a slot; a slot is used again once the last reader of its value has run.
fn place(
    steps: &[Step],
    layouts: &[Option<Layout>],
    input: usize,
    outputs: &[usize],
) -> Result<(Vec<Option<Value>>, Vec<usize>), Error> {
    let mut last_use = vec![0; layouts.len()];
    for (i, step) in steps.iter().enumerate() {
        for &value in &step.inputs {
            last_use[value] = i;
        }
    }
    for &value in outputs {
        last_use[value] = usize::MAX;
    }
    let layout = |i: usize| layouts[i].ok_or(Error::BadTensor { tensor: i });
    let mut values: Vec<Option<Value>> = vec![None; layouts.len()];
    let mut slots = vec![layout(input)?.floats()];
    let mut free: Vec<usize> = Vec::new();
    values[input] = Some(Value {
        layout: layout(input)?,
        slot: 0,
    });
    for (i, step) in steps.iter().enumerate() {
        if step.inputs.len() > Step::MAX_INPUTS || values[step.output].is_some() {
            return Err(Error::BadTensor {
                tensor: step.output,
            });
        }
        if let Some(&missing) = step.inputs.iter().find(|value| values[**value].is_none()) {
            return Err(Error::BadTensor { tensor: missing });
        }
        let layout = layout(step.output)?;
        let slot = take_slot(&mut free, &mut slots, layout.floats());
        values[step.output] = Some(Value { layout, slot });
        for (n, &value) in step.inputs.iter().enumerate() {
            if let Some(done) =
                values[value].filter(|_| last_use[value] == i && !step.inputs[..n].contains(&value))
            {
                free.push(done.slot);
            }
        }
    }
    match outputs.iter().find(|value| values[**value].is_none()) {
        Some(&missing) => Err(Error::BadTensor { tensor: missing }),
        None => Ok((values, slots)),
    }
}

/// The smallest free slot that is large enough, or else the largest, grown; a new one when none is free.
fn take_slot(free: &mut Vec<usize>, slots: &mut Vec<usize>, floats: usize) -> usize {
    let best = (0..free.len()).min_by_key(|i| {
        let size = slots[free[*i]];
        (
            size < floats,
            if size < floats {
                usize::MAX - size
            } else {
                size
            },
        )
    });
    let Some(best) = best else {
        slots.push(floats);
        return slots.len() - 1;
    };
    let slot = free.swap_remove(best);
    slots[slot] = slots[slot].max(floats);
    slot
}
